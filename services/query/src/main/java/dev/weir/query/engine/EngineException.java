package dev.weir.query.engine;

/**
 * The engine did not finish. The message is fixed per reason, because an engine's own text depends
 * on the data; the cause stays inside the domain and its text is not logged.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  EngineException(Reason reason, Throwable cause) {
    super("the engine stopped: " + reason, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why it did not finish. */
  public enum Reason {
    CANCELLED,
    TIME_LIMIT,
    ROW_LIMIT,
    FAILED
  }
}
