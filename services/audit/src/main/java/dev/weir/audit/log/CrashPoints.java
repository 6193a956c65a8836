package dev.weir.audit.log;

/**
 * Named places in the write path where a crash is tried out. In production nothing happens there
 * unless the environment says {@code CRASH_AT=<name>:<n>}: then the process halts at the n-th
 * visit, without a shutdown hook, as kill -9 would.
 */
@FunctionalInterface
public interface CrashPoints {

  void reach(Point point);

  /** In the order of the write path. */
  enum Point {
    SEQUENCED,
    ENTRIES_WRITTEN,
    TILES_WRITTEN,
    TWIN_TILES_WRITTEN,
    VERIFIED,
    INTENDED,
    TWIN_CHECKPOINT_WRITTEN,
    CHECKPOINT_WRITTEN,
    PUBLISHED
  }

  static CrashPoints none() {
    return point -> {};
  }

  /**
   * @param setting {@code <name>:<n>}, or empty for none
   */
  static CrashPoints at(String setting) {
    if (setting.isEmpty()) {
      return none();
    }
    int colon = setting.indexOf(':');
    var wanted = Point.valueOf(setting.substring(0, colon));
    var left =
        new java.util.concurrent.atomic.AtomicInteger(
            Integer.parseInt(setting.substring(colon + 1)));
    return point -> {
      if (point == wanted && left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(137);
      }
    };
  }
}
