package dev.weir.runtime.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.json.Json;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Remembers what a write answered, in {@code idempotent_replies} of the service's schema.
 * Thread-safe.
 */
public final class PostgresReplies {
  private static final ObjectMapper MAPPER = Json.mapper();

  private PostgresReplies() {}

  /**
   * Does the work once per party, account, operation and key; a repetition gets the first answer. A
   * second request with the same key waits until the first commits or rolls back.
   *
   * @param handle of a transaction on behalf of {@code caller}, the one that {@code work} uses
   * @param request the body, to notice a key that is used for something else
   * @throws ProblemException of type {@link ProblemType#CONFLICT} when the key was used for another
   *     request; then nothing is done
   */
  public static <T> T once(
      Handle handle,
      Caller caller,
      Operation operation,
      Optional<IdempotencyKey> key,
      Object request,
      Class<T> replyType,
      Supplier<T> work) {
    if (key.isEmpty()) {
      return work.get();
    }
    var slot =
        new Slot(caller.party().value(), caller.subject(), operation.name(), key.get().value());
    String digest = Json.sha256Hex(text(request).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    if (!claim(handle, slot, digest)) {
      return replay(handle, slot, digest, replyType);
    }
    T reply = work.get();
    handle
        .createUpdate(
            """
            update idempotent_replies set reply = :reply
            where party = :party and account = :account and operation = :operation and key = :key
            """)
        .bindMethods(slot)
        .bind("reply", text(reply))
        .execute();
    return reply;
  }

  private static boolean claim(Handle handle, Slot slot, String digest) {
    return handle
            .createUpdate(
                """
                insert into idempotent_replies (party, account, operation, key, request_sha256)
                values (:party, :account, :operation, :key, :digest)
                on conflict do nothing
                """)
            .bindMethods(slot)
            .bind("digest", digest)
            .execute()
        == 1;
  }

  private static <T> T replay(Handle handle, Slot slot, String digest, Class<T> replyType) {
    String reply =
        handle
            .createQuery(
                """
                select reply from idempotent_replies
                where party = :party and account = :account and operation = :operation and key = :key
                  and request_sha256 = :digest
                """)
            .bindMethods(slot)
            .bind("digest", digest)
            .mapTo(String.class)
            .findOne()
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.CONFLICT,
                    "This Idempotency-Key was used for another request; choose a new one."));
    try {
      return MAPPER.readValue(reply, replyType);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored reply cannot be read", e);
    }
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("requests and replies have a JSON form", e);
    }
  }

  /** Whose write it is. */
  public record Slot(String party, String account, String operation, String key) {}
}
