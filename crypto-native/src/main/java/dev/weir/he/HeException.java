package dev.weir.he;

/**
 * A native call that was refused. Says which kind of refusal and nothing about the data: a
 * decryption that came out wrong is not noticed here at all.
 */
public final class HeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final HeFailure failure;

  /** Called by the shim. */
  HeException(int code) {
    this(HeFailure.of(code));
  }

  HeException(HeFailure failure) {
    super("homomorphic operation refused: " + failure);
    this.failure = failure;
  }

  public HeFailure failure() {
    return failure;
  }
}
