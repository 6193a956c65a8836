package dev.weir.runtime.embedded;

/**
 * An embedded server could not be started, stopped or mended. The message says which one, in which
 * directory, and what to do; it holds no secret.
 */
public final class EmbeddedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedException(String message) {
    super(message);
  }

  public EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }
}
