package dev.weir.privacy.hpke;

/** A message does not open; why is not said. Carries no stack trace: hostile ones may be many. */
public final class HpkeOpenException extends Exception {
  private static final long serialVersionUID = 1L;

  HpkeOpenException() {
    super("the message does not open", null, false, false);
  }
}
