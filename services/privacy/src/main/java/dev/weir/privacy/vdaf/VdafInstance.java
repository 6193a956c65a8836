package dev.weir.privacy.vdaf;

/**
 * Which function of many measurements two aggregators work out, with its parameters: public, and
 * fixed for a task. What can be built is sound to use.
 */
public sealed interface VdafInstance permits Prio3Instance, UnverifiedVector {
  /** Part of every domain separation tag. */
  int algorithmId();

  /**
   * True where a proof keeps each measurement in range. Otherwise one client can make a sum mean
   * nothing, and nobody can tell which.
   */
  boolean isRobust();
}
