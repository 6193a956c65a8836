package dev.weir.space.change;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;

/**
 * Why somebody ends, cancels or rejects something; kept in the history.
 *
 * @param reason 1 to 2000 characters
 */
public record Reason(String reason) {
  private static final int MAX_CHARACTERS = 2000;

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED}
   */
  public String checked() {
    if (reason.isBlank() || reason.length() > MAX_CHARACTERS) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A reason has 1 to 2000 characters.");
    }
    return reason;
  }
}
