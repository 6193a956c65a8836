package dev.weir.he.oprf;

/** Bytes or proofs that are refused; says no more, because the sender may be hostile. */
public final class OprfException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OprfException() {
    super("the element or the proof is not valid");
  }

  static void require(boolean condition) {
    if (!condition) {
      throw new OprfException();
    }
  }
}
