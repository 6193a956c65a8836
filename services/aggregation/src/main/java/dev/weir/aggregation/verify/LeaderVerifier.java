package dev.weir.aggregation.verify;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.Report;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.InputShare;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.OutputShare;
import dev.weir.privacy.vdaf.PingPongOutcome;
import dev.weir.privacy.vdaf.PublicShare;
import dev.weir.privacy.vdaf.Verification;
import dev.weir.privacy.vdaf.VerifierMessage;
import dev.weir.privacy.vdaf.VerifierShare;

/** The leader's two steps. Thread-safe. */
public final class LeaderVerifier {
  private static final VerifierShare SENT = VerifierShare.of(new byte[0]);

  private final ShareOpener opener;

  public LeaderVerifier(ShareOpener opener) {
    this.opener = opener;
  }

  /** Opens the leader's share and begins the proof. */
  public Start start(AggregationTask task, Report report) {
    var opened =
        OpenedShare.of(opener, task, report.metadata(), report.publicShare(), report.leader());
    return switch (opened) {
      case OpenedShare.Refused(Reason reason) -> new Start.Refused(reason);
      case OpenedShare.Open(Bytes share) -> start(task, report, share);
    };
  }

  private static Start start(AggregationTask task, Report report, Bytes inputShare) {
    var outcome =
        task.pingPong()
            .start(
                Nonce.of(report.metadata().id().bytes().toArray()),
                PublicShare.of(report.publicShare().toArray()),
                InputShare.of(inputShare.toArray()));
    return switch (outcome) {
      case PingPongOutcome.Rejected(var reason) -> new Start.Refused(VerifyReasons.of(reason));
      case PingPongOutcome.Started(Verification state, var outbound) ->
          new Start.Started(
              Bytes.owning(outbound.bytes()),
              Bytes.owning(state.expected().revealBytes()),
              Bytes.owning(state.outputShare().revealBytes()));
    };
  }

  /** Ends the proof with the helper's answer. */
  public End end(AggregationTask task, Pending pending, VerifyResp answer) {
    return switch (answer) {
      case VerifyResp.Reject reject -> new End.Refused(Reason.REFUSED_BY_HELPER);
      case VerifyResp.Finish finish -> new End.Refused(Reason.NOT_VERIFIED);
      case VerifyResp.Continue(var id, Bytes payload) -> end(task, pending, payload);
    };
  }

  private static End end(AggregationTask task, Pending pending, Bytes payload) {
    var state =
        new Verification(
            SENT,
            VerifierMessage.of(pending.expected().toArray()),
            OutputShare.of(pending.outputShare().toArray()),
            true);
    return switch (task.pingPong().end(state, payload.toArray())) {
      case PingPongOutcome.Rejected(var reason) -> new End.Refused(VerifyReasons.of(reason));
      case PingPongOutcome.Finished(OutputShare share) -> new End.Counted(share);
    };
  }

  /** After the first step. */
  public sealed interface Start {
    /**
     * @param payload for the helper
     * @param expected to be kept
     * @param outputShare to be kept; secret
     */
    record Started(Bytes payload, Bytes expected, Bytes outputShare) implements Start {}

    record Refused(Reason reason) implements Start {}
  }

  /** After the second step. */
  public sealed interface End {
    record Counted(OutputShare share) implements End {}

    record Refused(Reason reason) implements End {}
  }
}
