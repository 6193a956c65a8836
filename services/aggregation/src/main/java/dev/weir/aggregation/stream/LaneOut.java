package dev.weir.aggregation.stream;

import dev.weir.dap.wire.Bytes;

/** Where a step's messages go, under the key of the message that caused them. */
public interface LaneOut {
  /** To the other aggregator. */
  void peer(Bytes value);

  /** To what collects batches at this aggregator. */
  void batch(Bytes value);

  /**
   * Puts the message aside as it came.
   *
   * @param reason fixed text
   */
  void bury(String reason);
}
