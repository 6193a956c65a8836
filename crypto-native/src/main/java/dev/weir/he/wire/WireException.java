package dev.weir.he.wire;

/** Bytes that the gate refuses. Says no more than that: the sender may be hostile. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WireException() {
    super("the bytes are not what this parameter set expects");
  }

  static void require(boolean condition) {
    if (!condition) {
      throw new WireException();
    }
  }
}
