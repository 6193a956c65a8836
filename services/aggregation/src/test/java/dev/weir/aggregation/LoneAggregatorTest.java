package dev.weir.aggregation;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.RejectedReportException;
import dev.weir.privacy.vdaf.UnverifiedVector;
import dev.weir.privacy.vdaf.Vdaf;
import dev.weir.privacy.vdaf.VerifyKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * What an aggregator holds of a report says nothing about the measurement: the first bits of its
 * share fall evenly for zeros and for ones. A client that uses its randomness twice is found.
 */
class LoneAggregatorTest {
  private static final int CELLS = 16;
  private static final int REPORTS = 2_000;

  /** χ² with 15 degrees of freedom passes 60 once in 4·10^6 runs. */
  private static final double CRITICAL = 60;

  private final RehearsalTask task = aTask().vdaf(new VdafConfiguration.Count()).make();

  @Test
  void theSharesOfEitherAggregator_areIndependentOfTheMeasurement() {
    var clock = InstantSource.system();
    var leader = new LeaderVerifier(task.leaderRing);
    var helper = new HelperVerifier(task.helperRing);
    var maker = task.maker(0, clock);
    for (boolean measurement : new boolean[] {false, true}) {
      var helpers = new byte[REPORTS][];
      double deviation =
          chiSquare(i -> {
            var report = maker.make(Measurement.yes(measurement));
            var start = (LeaderVerifier.Start.Started) leader.start(task.task, report);
            var share = new ReportShare(report.metadata(), report.publicShare(), report.helper());
            var answer = helper.answer(task.task, new VerifyInit(share, start.payload()));
            helpers[i] = ((HelperVerifier.Answer.Verified) answer).share().revealBytes();
            return start.outputShare().toArray();
          });
      assertThat(deviation).as("leader").isLessThan(CRITICAL);
      assertThat(chiSquare(i -> helpers[i])).as("helper").isLessThan(CRITICAL);
    }
  }

  /** A vector without a proof is as secret as one with it; the helper's share is a seed, opened. */
  @Test
  void theSharesOfAnUnprovenVector_areIndependentOfItToo() throws RejectedReportException {
    var instance = new UnverifiedVector(2, 1);
    var vdaf = Vdaf.of(instance, task.task.id().bytes().toArray());
    var key = VerifyKey.random(task.random);
    var helpers = new byte[REPORTS][];
    for (long element = 0; element < 2; element++) {
      var leaders = new byte[REPORTS][];
      for (int i = 0; i < REPORTS; i++) {
        var nonce = Nonce.random(task.random);
        var shares = vdaf.shard(Measurement.vector(element, 1), nonce, task.random);
        leaders[i] = shares.inputShares().getFirst().revealBytes();
        helpers[i] =
            vdaf.verify(key, 1, nonce, shares.publicShare(), shares.inputShares().getLast())
                .outputShare()
                .revealBytes();
      }
      assertThat(chiSquare(i -> leaders[i])).as("leader").isLessThan(CRITICAL);
      assertThat(chiSquare(i -> helpers[i])).as("helper").isLessThan(CRITICAL);
    }
  }

  @Test
  void randomnessThatIsUsedTwice_isFound() {
    var stuck =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            java.util.Arrays.fill(bytes, (byte) 7);
          }
        };
    double deviation =
        chiSquare(i ->
            task.task
                .vdaf()
                .shard(Measurement.yes(i % 2 == 0), Nonce.of(new byte[16]), stuck)
                .inputShares()
                .getFirst()
                .revealBytes());
    assertThat(deviation).isGreaterThan(CRITICAL);
  }

  private static double chiSquare(IntFunction<byte[]> share) {
    var counts = new int[CELLS];
    for (int i = 0; i < REPORTS; i++) {
      counts[share.apply(i)[0] & (CELLS - 1)]++;
    }
    double expected = (double) REPORTS / CELLS;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
