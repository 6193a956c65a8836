package dev.weir.privacy.vdaf;

import dev.weir.privacy.vdaf.PingPongOutcome.Finished;
import dev.weir.privacy.vdaf.PingPongOutcome.FinishedWithOutbound;
import dev.weir.privacy.vdaf.PingPongOutcome.Rejected;
import dev.weir.privacy.vdaf.PingPongOutcome.Started;
import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.util.List;

/**
 * Verification between a leader and a helper in one request and one response, the draft's ping-pong
 * topology for a VDAF of one round. Each side refuses a report whose own joint randomness part is
 * not the one in the public share: otherwise a client could have the helper accept what the leader
 * rejects. Immutable and thread-safe.
 */
public final class PingPong {
  private static final int LEADER = 0;
  private static final int HELPER = 1;

  private final Vdaf vdaf;
  private final VerifyKey key;

  /**
   * @param vdaf for two aggregators
   */
  public PingPong(Vdaf vdaf, VerifyKey key) {
    this.vdaf = vdaf;
    this.key = key;
  }

  /** The leader's request. */
  public PingPongOutcome.Opening start(
      Nonce nonce, PublicShare publicShare, InputShare inputShare) {
    try {
      var verification = look(LEADER, nonce, publicShare, inputShare);
      return new Started(verification, PingPongMessage.initialize(verification.verifierShare()));
    } catch (RejectedReportException rejected) {
      return new Rejected(rejected.reason());
    }
  }

  /** The helper's answer: it is finished before the leader is. */
  public PingPongOutcome.Answer answer(
      Nonce nonce, PublicShare publicShare, InputShare inputShare, byte[] request) {
    try {
      var leaderShare = PingPongMessage.readInitialize(request);
      var verification = look(HELPER, nonce, publicShare, inputShare);
      var message = vdaf.combine(List.of(leaderShare, verification.verifierShare()));
      var output = vdaf.finish(verification, message);
      return new FinishedWithOutbound(output, PingPongMessage.finish(message));
    } catch (RejectedReportException rejected) {
      return new Rejected(rejected.reason());
    }
  }

  /** The leader's end. */
  public PingPongOutcome.Ending end(Verification verification, byte[] response) {
    try {
      return new Finished(vdaf.finish(verification, PingPongMessage.readFinish(response)));
    } catch (RejectedReportException rejected) {
      return new Rejected(rejected.reason());
    }
  }

  private Verification look(
      int aggregator, Nonce nonce, PublicShare publicShare, InputShare inputShare)
      throws RejectedReportException {
    var verification = vdaf.verify(key, aggregator, nonce, publicShare, inputShare);
    if (!verification.ownPartMatches()) {
      throw new RejectedReportException(Reason.SPLIT_JOINT_RANDOMNESS);
    }
    return verification;
  }
}
