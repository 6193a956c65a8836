package dev.weir.cli.stack;

import java.nio.file.Path;

/**
 * The key custodian of sums, which is another operator's: the stack prepares a database and a
 * configuration for it, {@code weir he sum custody} starts it in a process of its own. It is not
 * part of {@code up}, because a key beside the records it opens protects nobody.
 */
public final class Custodian {
  static final String NAME = "custodian";
  static final String DATABASE = Places.DATABASE + "_" + NAME;

  private Custodian() {}

  /** Where the stack expects its key. */
  public static Path key(StackState state) {
    return state.data(NAME).resolve("he.key");
  }

  /** Where the stack expects its tasks, a file each. */
  public static Path tasks(StackState state) {
    return state.data(NAME).resolve("tasks");
  }

  /** Its configuration in a stack. */
  public static Path configuration(StackState state) {
    return state.configuration(NAME);
  }
}
