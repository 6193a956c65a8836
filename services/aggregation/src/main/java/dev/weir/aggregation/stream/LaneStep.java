package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.kernel.CreditCode;
import org.jspecify.annotations.Nullable;

/** What one message does to one lane: a function of the message and of what the lane remembers. */
public interface LaneStep {
  /** The leader's first half: uploaded reports in, the beginning of their proofs out. */
  static LaneStep admission(LaneParts parts) {
    return new Admission(parts);
  }

  /** The leader's second half: the helper's answers in, reports added up, batches told. */
  static LaneStep settlement(LaneParts parts) {
    return new Settlement(parts);
  }

  /** The helper: a leader's requests in, its own verdicts out. */
  static LaneStep helping(LaneParts parts) {
    return new Helping(parts, task -> true, true);
  }

  /** The same for tasks of one leader; what is about others' is buried. */
  static LaneStep helping(LaneParts parts, CreditCode leader) {
    return new Helping(parts, task -> task.terms().leader().equals(leader), false);
  }

  /**
   * Changes the book and sends messages, all of it or nothing with the lane's transaction.
   *
   * @param key as found, hostile
   * @param value as found, hostile
   */
  void process(LaneBook book, byte @Nullable [] key, byte @Nullable [] value, LaneOut out);
}
