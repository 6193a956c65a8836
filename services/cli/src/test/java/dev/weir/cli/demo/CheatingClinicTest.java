package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Reason;
import dev.weir.cli.demo.CheatingClinic.Lie;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.Measurement;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the aggregators make of each lie, at the place where it should be found. */
class CheatingClinicTest {
  private final RehearsalTask two =
      RehearsalTask.aTask().vdaf(new VdafConfiguration.Histogram(14, 4)).make();
  private final CheatingClinic cheat =
      new CheatingClinic(
          two.task.task(),
          two.leaderRing.configs().configs().getFirst(),
          two.helperRing.configs().configs().getFirst(),
          two.signers.getFirst(),
          two.random);

  @Test
  void anHonestReport_isVerified() {
    assertThat(verdict(two.maker(0, InstantSource.system()).make(Measurement.bucket(0))))
        .isEqualTo("verified");
  }

  @Test
  void aChangedShareOfTheLeaders_isFoundByTheLeaderBeforeAnyProof() {
    assertThat(verdict(cheat.make(0, 1, Lie.LEADERS_SHARE)))
        .isEqualTo("leader " + Reason.SPLIT_RANDOMNESS.label());
  }

  @Test
  void aChangedShareOfTheHelpers_isFoundByTheHelper() {
    assertThat(verdict(cheat.make(0, 1, Lie.HELPERS_SHARE)))
        .isEqualTo("helper " + Reason.SPLIT_RANDOMNESS.label());
  }

  @Test
  void aHundredInABucket_withJointRandomnessThatFits_isRefusedByTheProof() {
    assertThat(verdict(cheat.make(0, 1, Lie.MADE_UP_PROOF)))
        .isEqualTo("helper " + Reason.NOT_VERIFIED.label());
  }

  @Test
  void everyLie_saysTheReasonThatItIsRefusedUnder() {
    assertThat(Arrays.asList(Lie.values()))
        .allSatisfy(lie -> assertThat(verdict(cheat.make(3, 1, lie))).endsWith(" " + lie.reason()));
  }

  private String verdict(Report report) {
    var leader = new LeaderVerifier(two.leaderRing).start(two.task, report);
    return switch (leader) {
      case LeaderVerifier.Start.Refused(Reason reason) -> "leader " + reason.label();
      case LeaderVerifier.Start.Started(Bytes payload, Bytes expected, Bytes output) ->
          helper(report, payload);
    };
  }

  private String helper(Report report, Bytes payload) {
    var share = new ReportShare(report.metadata(), report.publicShare(), report.helper());
    var answer =
        new HelperVerifier(two.helperRing).answer(two.task, new VerifyInit(share, payload));
    return switch (answer) {
      case HelperVerifier.Answer.Refused(Reason reason) -> "helper " + reason.label();
      case HelperVerifier.Answer.Verified verified -> "verified";
    };
  }
}
