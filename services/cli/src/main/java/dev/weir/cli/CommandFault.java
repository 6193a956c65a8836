package dev.weir.cli;

import dev.weir.kernel.Bilingual;

/**
 * What stops a command on this side of the wire, told to the person who typed it. Messages are fit
 * to be shown: they name files, options and ids, never what a file holds.
 */
public final class CommandFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Bilingual text;
  private final ExitCode exit;

  public CommandFault(ExitCode exit, String zh, String en) {
    super(en);
    this.text = new Bilingual(zh, en);
    this.exit = exit;
  }

  public Bilingual text() {
    return text;
  }

  public ExitCode exit() {
    return exit;
  }
}
