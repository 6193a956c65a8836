package dev.weir.space.change;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/**
 * Runs writes: one transaction each, under the caller's row-level security. A write with an
 * idempotency key is carried out once; its repetition gets the stored answer, and another write
 * under the same key is refused. Thread-safe.
 */
public final class PostgresWrites {
  private final Database database;
  private final InstantSource clock;

  public PostgresWrites(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A write of a registered, active participant.
   *
   * @throws ProblemException of type {@link ProblemType#FORBIDDEN} when the caller's party is not
   *     one
   */
  public <T> T asParticipant(Request request, Class<T> answer, Step<T> step) {
    return run(
        request,
        answer,
        (handle, by) -> {
          requireActive(handle, by.party());
          return step.take(handle, by);
        });
  }

  /** A write that supervises participants; the caller's own party need not be one. */
  public <T> T run(Request request, Class<T> answer, Step<T> step) {
    return database.inTransaction(
        request.caller(),
        "space.write",
        handle ->
            request.idempotencyKey().isEmpty()
                ? step.take(handle, hand(request.caller()))
                : once(handle, request, request.idempotencyKey().get(), answer, step));
  }

  public Hand hand(Caller caller) {
    return new Hand(
        caller.subject(), caller.party(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private <T> T once(Handle handle, Request request, String key, Class<T> answer, Step<T> step) {
    var by = hand(request.caller());
    if (claim(handle, request, key, by)) {
      T result = step.take(handle, by);
      remember(handle, request, key, Documents.write(result));
      return result;
    }
    return Documents.read(stored(handle, request, key), answer);
  }

  private static boolean claim(Handle handle, Request request, String key, Hand by) {
    return handle
            .createUpdate(
                """
                insert into space.idempotency (party, subject, operation, key, request_sha256, at)
                values (:party, :subject, :operation, :key, :sha256, :at)
                on conflict do nothing
                """)
            .bind("party", by.party().value())
            .bind("subject", by.subject())
            .bind("operation", request.operation().name())
            .bind("key", key)
            .bind("sha256", request.sha256())
            .bind("at", OffsetDateTime.ofInstant(by.at(), ZoneOffset.UTC))
            .execute()
        == 1;
  }

  private static void remember(Handle handle, Request request, String key, String response) {
    handle
        .createUpdate(
            """
            update space.idempotency set response = :response
            where party = :party and subject = :subject and operation = :operation and key = :key
            """)
        .bind("response", response)
        .bind("party", request.caller().party().value())
        .bind("subject", request.caller().subject())
        .bind("operation", request.operation().name())
        .bind("key", key)
        .execute();
  }

  private static String stored(Handle handle, Request request, String key) {
    return handle
        .createQuery(
            """
            select response from space.idempotency
            where party = :party and subject = :subject and operation = :operation and key = :key
              and request_sha256 = :sha256
            """)
        .bind("party", request.caller().party().value())
        .bind("subject", request.caller().subject())
        .bind("operation", request.operation().name())
        .bind("key", key)
        .bind("sha256", request.sha256())
        .mapTo(String.class)
        .findOne()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.CONFLICT,
                "The Idempotency-Key was used for another request; choose a new one."));
  }

  private static void requireActive(Handle handle, CreditCode party) {
    boolean active =
        handle
            .createQuery("select active from space.participants where credit_code = :party")
            .bind("party", party.value())
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false);
    if (!active) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The caller's party is not an active participant of the space.");
    }
  }

  /** One step inside the transaction. */
  @FunctionalInterface
  public interface Step<T> {
    T take(Handle handle, Hand by);
  }
}
