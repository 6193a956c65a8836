package dev.weir.runtime.idempotency;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.regex.Pattern;

/**
 * A key that a client chose for one write; taken as {@code @HeaderParam("Idempotency-Key")
 * Optional<IdempotencyKey>}. Immutable.
 */
public record IdempotencyKey(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{8,64}");

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when it has another form
   */
  public IdempotencyKey {
    if (!FORM.matcher(value).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "An Idempotency-Key has 8 to 64 letters, digits, dots, dashes, underscores or tildes.");
    }
  }

  public static IdempotencyKey of(String text) {
    return new IdempotencyKey(text);
  }
}
