package dev.weir.aggregation.verify;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.InputShare;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.OutputShare;
import dev.weir.privacy.vdaf.PingPongOutcome;
import dev.weir.privacy.vdaf.PublicShare;

/** The helper's only step. Thread-safe. */
public final class HelperVerifier {
  private final ShareOpener opener;

  public HelperVerifier(ShareOpener opener) {
    this.opener = opener;
  }

  /**
   * Opens the helper's share, holds it against what the contributor signed, and finishes the proof.
   */
  public Answer answer(AggregationTask task, VerifyInit init) {
    ReportShare report = init.share();
    var opened =
        OpenedShare.of(opener, task, report.metadata(), report.publicShare(), report.inputShare());
    return switch (opened) {
      case OpenedShare.Refused(Reason reason) -> new Answer.Refused(reason);
      case OpenedShare.Open(Bytes share) ->
          ReportRules.isSigned(report.metadata(), share)
              ? answer(task, init, share)
              : new Answer.Refused(Reason.BAD_SIGNATURE);
    };
  }

  private static Answer answer(AggregationTask task, VerifyInit init, Bytes inputShare) {
    var outcome =
        task.pingPong()
            .answer(
                Nonce.of(init.share().metadata().id().bytes().toArray()),
                PublicShare.of(init.share().publicShare().toArray()),
                InputShare.of(inputShare.toArray()),
                init.payload().toArray());
    return switch (outcome) {
      case PingPongOutcome.Rejected(var reason) -> new Answer.Refused(VerifyReasons.of(reason));
      case PingPongOutcome.FinishedWithOutbound(OutputShare share, var outbound) ->
          new Answer.Verified(share, Bytes.owning(outbound.bytes()));
    };
  }

  /** What the helper makes of a report. */
  public sealed interface Answer {
    /**
     * @param payload for the leader
     */
    record Verified(OutputShare share, Bytes payload) implements Answer {}

    record Refused(Reason reason) implements Answer {}
  }
}
