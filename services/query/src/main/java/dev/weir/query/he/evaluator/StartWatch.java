package dev.weir.query.he.evaluator;

import java.time.Duration;

/**
 * Looks at a child that starts, and ends it when it hangs: when it used next to no processor time
 * since the look before. One that starts on a busy machine is slow and uses some; how long it takes
 * says nothing. Confined to one thread at a time.
 */
final class StartWatch implements Runnable {
  /** Of one processor: more than a JVM uses that waits for something. */
  private static final int LEAST_PART = 200;

  /** One that is busy for so long will not be ready, either. */
  private static final int LOOKS = 12;

  private final EvaluatorProcess child;
  private final Duration between;
  private Duration used = Duration.ZERO;
  private int looks;

  /**
   * @param between two looks, and before the first
   */
  StartWatch(EvaluatorProcess child, Duration between) {
    this.child = child;
    this.between = between;
  }

  @Override
  public void run() {
    var now = child.processorTime();
    boolean hangs = now.minus(used).compareTo(between.dividedBy(LEAST_PART)) < 0;
    used = now;
    looks++;
    if (hangs || looks == LOOKS) {
      child.end();
    }
  }
}
