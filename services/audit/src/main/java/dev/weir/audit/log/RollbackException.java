package dev.weir.audit.log;

/**
 * The memories of the log disagree: something was restored, lost or altered. Nothing is signed any
 * more until a human has looked.
 */
public final class RollbackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RollbackException(String what) {
    super(what);
  }
}
