package dev.weir.query.sum;

/**
 * A producer's word for one ciphertext.
 *
 * @param signature over {@link InputStatement#toSign}, base64
 */
public record SignedInput(InputStatement statement, String signature) {
  private static final int MAX_SIGNATURE_CHARACTERS = 128;

  public SignedInput {
    if (signature.length() > MAX_SIGNATURE_CHARACTERS) {
      throw new IllegalArgumentException("no suite has signatures as long");
    }
  }

  /** Whether a producer of the task signed it. */
  boolean isSignedIn(SumTask task, PartyKeys keys) {
    return task.producer(statement.producer())
        .filter(producer -> keys.signed(producer, statement.toSign(), signature))
        .isPresent();
  }
}
