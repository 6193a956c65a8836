package dev.weir.space.change;

import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.idempotency.IdempotencyKey;
import dev.weir.runtime.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One write as it arrived: who, what, and how to recognise its repetition.
 *
 * @param idempotencyKey chosen by the caller, of the form of {@link IdempotencyKey}
 * @param sha256 digest of target and body, so that a key is not used for two different writes
 */
public record Request(
    Caller caller, Operation operation, Optional<String> idempotencyKey, String sha256) {

  /**
   * @param target id in the path, empty where there is none
   * @param body complete, see {@link Complete}
   */
  public static Request of(
      Caller caller, Operation operation, @Nullable String key, String target, Object body) {
    var checked = Optional.ofNullable(key).map(IdempotencyKey::of).map(IdempotencyKey::value);
    String digest = Json.sha256Hex(Documents.canonical(List.of(operation.name(), target, body)));
    return new Request(caller, operation, checked, digest);
  }
}
