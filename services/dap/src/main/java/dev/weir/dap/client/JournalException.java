package dev.weir.dap.client;

import java.nio.file.Path;

/** A journal that cannot be gone on with: what it says was sent is not to be lost, or doubled. */
public final class JournalException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Fault {
    /** Another process works on it. */
    IN_USE,
    /** It was changed where it had been whole: what was sent is not known any more. */
    DAMAGED,
    /** A write failed, so that nobody knows its end; opened anew it does. */
    UNWRITTEN
  }

  private final Fault fault;
  private final String file;

  JournalException(Fault fault, Path file, String message) {
    super(message);
    this.fault = fault;
    this.file = file.toString();
  }

  public Fault fault() {
    return fault;
  }

  public String file() {
    return file;
  }
}
