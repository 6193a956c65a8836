package dev.weir.privacy.vdaf;

/** Where a verification stands after a step. */
public sealed interface PingPongOutcome {
  /** After the leader's first step. */
  sealed interface Opening extends PingPongOutcome permits Started, Rejected {}

  /** After the helper's only step. */
  sealed interface Answer extends PingPongOutcome permits FinishedWithOutbound, Rejected {}

  /** After the leader's last step. */
  sealed interface Ending extends PingPongOutcome permits Finished, Rejected {}

  /** The leader waits for the answer to {@code outbound}. */
  record Started(Verification verification, PingPongMessage outbound) implements Opening {}

  /** The helper may add the share up, and answers with {@code outbound}. */
  record FinishedWithOutbound(OutputShare outputShare, PingPongMessage outbound)
      implements Answer {}

  /** The leader may add the share up. */
  record Finished(OutputShare outputShare) implements Ending {}

  /** The report is dropped; the reason is for this aggregator's own counters. */
  record Rejected(RejectedReportException.Reason reason) implements Opening, Answer, Ending {}
}
