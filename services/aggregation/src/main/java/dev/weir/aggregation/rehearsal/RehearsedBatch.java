package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.Noise;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.aggregation.verify.Signed;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.Report;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.Aggregation;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;

/**
 * One batch through both aggregators in one process, without Kafka and databases: signatures and
 * proofs verified by both, sums kept apart, noised by each, and put together as a collector does.
 * Private from nobody. Confined.
 */
public final class RehearsedBatch {
  private final RehearsalTask rehearsal;
  private final ReportRules rules;
  private final LeaderVerifier leader;
  private final HelperVerifier helper;
  private final Noise noise;
  private final Aggregation leaderSum;
  private final Aggregation helperSum;

  public RehearsedBatch(RehearsalTask rehearsal, InstantSource clock) {
    this.rehearsal = rehearsal;
    this.rules = new ReportRules(clock);
    this.leader = new LeaderVerifier(rehearsal.leaderRing);
    this.helper = new HelperVerifier(rehearsal.helperRing);
    this.noise = new Noise(rehearsal.random);
    this.leaderSum = rehearsal.task.vdaf().aggregation();
    this.helperSum = rehearsal.task.vdaf().aggregation();
  }

  /** Adds a report up at both; false when either refuses it. */
  public boolean add(Report report) {
    AggregationTask task = rehearsal.task;
    if (!(rules.check(task, report.metadata(), report.publicShare(), 0)
            instanceof Signed.By(var party))
        || !(leader.start(task, report)
            instanceof LeaderVerifier.Start.Started(Bytes payload, Bytes expected, Bytes share))) {
      return false;
    }
    var sent = new ReportShare(report.metadata(), report.publicShare(), report.helper());
    if (!(helper.answer(task, new VerifyInit(sent, payload))
        instanceof HelperVerifier.Answer.Verified(var helperShare, Bytes answer))) {
      return false;
    }
    var pending = new Pending(report.metadata().time(), Bytes.EMPTY, party, expected, share);
    var end = leader.end(task, pending, new VerifyResp.Continue(report.metadata().id(), answer));
    if (!(end instanceof LeaderVerifier.End.Counted(var leaderShare))) {
      return false;
    }
    leaderSum.add(leaderShare);
    helperSum.add(helperShare);
    return true;
  }

  /** What the collector opens: the sum with the noise of both. */
  public List<BigInteger> collect() {
    return rehearsal.task.vdaf().unshardNoisy(List.of(noised(leaderSum), noised(helperSum)));
  }

  private AggregateShare noised(Aggregation sum) {
    var share = Bytes.owning(sum.share().revealBytes());
    return AggregateShare.of(noise.addTo(rehearsal.task, share).toArray());
  }
}
