package dev.weir.aggregation;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.RejectedReportException;
import dev.weir.privacy.vdaf.UnverifiedVector;
import dev.weir.privacy.vdaf.Vdaf;
import dev.weir.privacy.vdaf.VerifyKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/**
 * What an aggregator holds of a report says nothing about the measurement: every half byte of its
 * shares falls as evenly for zeros as for ones, and no share comes twice. A client that uses its
 * randomness twice is found, and so is a share that tells a bit.
 */
class LoneAggregatorTest {
  private static final int CELLS = 16;
  private static final int REPORTS = 2_000;

  /** Standard deviations of χ² summed over all half bytes; beyond it once in 10^6 runs. */
  private static final double CRITICAL = 6;

  private final RehearsalTask task = aTask().vdaf(new VdafConfiguration.Count()).make();
  private final Vdaf vdaf = task.task.vdaf();

  @Test
  void theSharesOfEitherAggregator_areIndependentOfTheMeasurement() {
    var clock = InstantSource.system();
    var leader = new LeaderVerifier(task.leaderRing);
    var helper = new HelperVerifier(task.helperRing);
    var maker = task.maker(0, clock);
    var leaders = new byte[2][REPORTS][];
    var helpers = new byte[2][REPORTS][];
    for (int measurement = 0; measurement < 2; measurement++) {
      for (int i = 0; i < REPORTS; i++) {
        var report = maker.make(Measurement.yes(measurement == 1));
        var start = (LeaderVerifier.Start.Started) leader.start(task.task, report);
        var share = new ReportShare(report.metadata(), report.publicShare(), report.helper());
        var answer = helper.answer(task.task, new VerifyInit(share, start.payload()));
        leaders[measurement][i] = start.outputShare().toArray();
        helpers[measurement][i] = ((HelperVerifier.Answer.Verified) answer).share().revealBytes();
      }
    }
    assertThat(isIndependent(leaders)).as("leader").isTrue();
    assertThat(isIndependent(helpers)).as("helper").isTrue();
  }

  /** A vector without a proof is as secret as one with it; the helper's share is a seed, opened. */
  @Test
  void theSharesOfAnUnprovenVector_areIndependentOfItToo() throws RejectedReportException {
    var unproven = Vdaf.of(new UnverifiedVector(2, 1), task.task.id().bytes().toArray());
    var key = VerifyKey.random(task.random);
    var leaders = new byte[2][REPORTS][];
    var helpers = new byte[2][REPORTS][];
    for (int element = 0; element < 2; element++) {
      for (int i = 0; i < REPORTS; i++) {
        var nonce = Nonce.random(task.random);
        var shares = unproven.shard(Measurement.vector(element, 1), nonce, task.random);
        leaders[element][i] = shares.inputShares().getFirst().revealBytes();
        helpers[element][i] =
            unproven
                .verify(key, 1, nonce, shares.publicShare(), shares.inputShares().getLast())
                .outputShare()
                .revealBytes();
      }
    }
    assertThat(isIndependent(leaders)).as("leader").isTrue();
    assertThat(isIndependent(helpers)).as("helper").isTrue();
  }

  @Test
  void seedThatIsUsedForAZeroAndAOne_isFound() {
    var shares = new byte[2][REPORTS][];
    var random = new Twice(task.random);
    for (int i = 0; i < REPORTS; i++) {
      for (int measurement = 0; measurement < 2; measurement++) {
        shares[measurement][i] = helperShare(measurement, random);
        random.turn();
      }
    }
    assertThat(deviation(shares)).isGreaterThan(CRITICAL);
    assertThat(areDistinct(shares)).isFalse();
  }

  @Test
  void seedThatIsUsedForTwoReportsOfOneMeasurement_isFound() {
    var shares = new byte[2][REPORTS][];
    var random = new Twice(task.random);
    for (int measurement = 0; measurement < 2; measurement++) {
      for (int i = 0; i < REPORTS; i++) {
        shares[measurement][i] = helperShare(measurement, random);
        random.turn();
      }
    }
    assertThat(isIndependent(shares)).isFalse();
  }

  @Test
  void shareThatTellsOneBitOfItsLastByte_isFound() {
    var shares = new byte[2][REPORTS][];
    for (int measurement = 0; measurement < 2; measurement++) {
      for (int i = 0; i < REPORTS; i++) {
        var share = helperShare(measurement, task.random);
        int last = share.length - 1;
        share[last] = (byte) (share[last] & 0x7f | measurement << 7);
        shares[measurement][i] = share;
      }
    }
    assertThat(deviation(shares)).isGreaterThan(CRITICAL);
  }

  private byte[] helperShare(int measurement, SecureRandom random) {
    var nonce = Nonce.random(task.random);
    return vdaf.shard(Measurement.yes(measurement == 1), nonce, random)
        .inputShares()
        .getLast()
        .revealBytes();
  }

  /**
   * @param shares by measurement
   */
  private static boolean isIndependent(byte[][][] shares) {
    return deviation(shares) < CRITICAL && areDistinct(shares);
  }

  private static boolean areDistinct(byte[][][] shares) {
    var seen = new HashSet<Bytes>();
    for (byte[][] ofOne : shares) {
      Arrays.stream(ofOne).map(Bytes::copyOf).forEach(seen::add);
    }
    return seen.size() == shares.length * REPORTS;
  }

  /**
   * How far χ² of the tables measurement × half byte, added up over all half bytes, is from what
   * independence gives. Too even is as far as too uneven.
   */
  private static double deviation(byte[][][] shares) {
    int halves = 2 * shares[0][0].length;
    double sum = 0;
    for (int half = 0; half < halves; half++) {
      sum += chiSquare(counts(shares[0], half), counts(shares[1], half));
    }
    double degrees = (double) halves * (CELLS - 1);
    return Math.abs(sum - degrees) / Math.sqrt(2 * degrees);
  }

  private static int[] counts(byte[][] shares, int half) {
    var counts = new int[CELLS];
    for (byte[] share : shares) {
      counts[share[half / 2] >> half % 2 * 4 & CELLS - 1]++;
    }
    return counts;
  }

  /** Of two rows with the same sum. */
  private static double chiSquare(int[] zeros, int[] ones) {
    double sum = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      double difference = zeros[cell] - ones[cell];
      sum +=
          zeros[cell] + ones[cell] == 0 ? 0 : difference * difference / (zeros[cell] + ones[cell]);
    }
    return sum;
  }

  /** A bug: every second report gets the randomness of the one before. */
  private static final class Twice extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SecureRandom source;
    private final transient Deque<byte[]> drawn = new ArrayDeque<>();
    private boolean again;

    Twice(SecureRandom source) {
      this.source = source;
    }

    /** The next report begins. */
    void turn() {
      again = !again;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (again) {
        System.arraycopy(drawn.remove(), 0, bytes, 0, bytes.length);
      } else {
        source.nextBytes(bytes);
        drawn.add(bytes.clone());
      }
    }
  }
}
