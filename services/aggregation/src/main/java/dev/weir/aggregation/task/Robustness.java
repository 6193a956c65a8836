package dev.weir.aggregation.task;

import dev.weir.kernel.Bilingual;
import java.util.Locale;

/** What the terms of a task concede about robustness. Terms that say nothing have all of it. */
public enum Robustness {
  /** Nothing proves that a measurement is in range. */
  NONE(
      new Bilingual(
          "无稳健性：没有证明约束测量值，任何一个上报者都可能毁掉总和，且无法查明是谁。",
          "No robustness: nothing proves a measurement, so that one contributor can spoil the sum, and"
              + " nobody can tell which."));

  private final Bilingual notice;

  Robustness(Bilingual notice) {
    this.notice = notice;
  }

  /** The name in evidence. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What everybody who takes part is told. */
  public Bilingual notice() {
    return notice;
  }
}
