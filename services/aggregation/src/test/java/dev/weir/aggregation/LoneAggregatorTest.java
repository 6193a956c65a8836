package dev.weir.aggregation;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.Held.Part;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.Prio3Instance;
import dev.weir.privacy.vdaf.RejectedReportException;
import dev.weir.privacy.vdaf.UnverifiedVector;
import dev.weir.privacy.vdaf.Vdaf;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an aggregator holds of reports says nothing about the measurements: every half byte of every
 * part falls as evenly for zeros as for ones, and none comes twice, whatever the VDAF. A client
 * that uses its randomness twice is found, and so is a share that is not masked or tells a bit.
 */
class LoneAggregatorTest {
  private static final int REPORTS = 1_000;

  private final RehearsalTask task = aTask().vdaf(new VdafConfiguration.Count()).make();
  private final Vdaf vdaf = task.task.vdaf();

  static List<Held.Kind> kinds() {
    return Held.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everythingThatEitherAggregatorHolds_isIndependentOfTheMeasurement(Held.Kind kind)
      throws RejectedReportException {
    var zeros = Held.of(kind, kind.zero(), REPORTS, task.random);
    var ones = Held.of(kind, kind.one(), REPORTS, task.random);
    assertThat(tellingParts(zeros.leader(), ones.leader())).as("leader").isEmpty();
    assertThat(tellingParts(zeros.helper(), ones.helper())).as("helper").isEmpty();
    boolean proven = kind.instance() instanceof Prio3Instance;
    assertThat(zeros.helper())
        .containsKeys(Part.SEED, Part.MEASUREMENT_SHARE, Part.OUTPUT_SHARE, Part.ACCUMULATOR);
    assertThat(zeros.helper().containsKey(Part.BOTH_VERIFIER_SHARES)).isEqualTo(proven);
    assertThat(zeros.leader().containsKey(Part.PROOFS_SHARE)).isEqualTo(proven);
    assertSharesAddUpTo(kind, zeros, 0);
    assertSharesAddUpTo(kind, ones, kind.instance() instanceof UnverifiedVector ? 7 : 1);
  }

  /** Or else the parts were cut out wrongly. */
  private static void assertSharesAddUpTo(Held.Kind kind, Held held, int most) {
    byte[] plain = unmasked(kind, held, Part.MEASUREMENT_SHARE)[0];
    int first = 0;
    for (int i = 0; i < plain.length; i++) {
      first = Math.max(first, plain[i]);
      assertThat((int) plain[i]).as("byte %d", i).isBetween(0, Math.max(1, most));
    }
    assertThat(first).isGreaterThanOrEqualTo(most);
  }

  /** In what it used for the zero before: each part of an aggregator's falls too evenly. */
  @ParameterizedTest
  @MethodSource("kinds")
  void seedThatIsUsedForAZeroAndAOne_isFoundByBoth(Held.Kind kind) throws RejectedReportException {
    var used = new ArrayList<byte[]>();
    var zeros = Held.of(kind, kind.zero(), REPORTS, new Kept(task.random, used));
    var ones = Held.of(kind, kind.one(), REPORTS, new Again(used));
    assertThat(tellingParts(zeros.leader(), ones.leader())).contains(Part.MEASUREMENT_SHARE);
    assertThat(tellingParts(zeros.helper(), ones.helper()))
        .contains(Part.SEED, Part.MEASUREMENT_SHARE, Part.OUTPUT_SHARE);
    for (Part part : List.of(Part.SEED, Part.MEASUREMENT_SHARE)) {
      assertThat(HalfBytes.deviation(zeros.helper().get(part), ones.helper().get(part)))
          .as("by the tables alone")
          .isGreaterThan(HalfBytes.CRITICAL);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void seedThatIsUsedForTwoReportsOfOneMeasurement_isFoundByBoth(Held.Kind kind)
      throws RejectedReportException {
    var zeros = Held.of(kind, kind.zero(), REPORTS, new Twice(task.random));
    var ones = Held.of(kind, kind.one(), REPORTS, task.random);
    assertThat(tellingParts(zeros.leader(), ones.leader())).contains(Part.MEASUREMENT_SHARE);
    assertThat(tellingParts(zeros.helper(), ones.helper())).contains(Part.SEED);
  }

  /** One of all parts only, and either aggregator. */
  @ParameterizedTest
  @MethodSource("kinds")
  void shareThatIsNotMasked_isFound(Held.Kind kind) throws RejectedReportException {
    var zeros = Held.of(kind, kind.zero(), REPORTS, task.random);
    var ones = Held.of(kind, kind.one(), REPORTS, task.random);
    for (Part part : List.of(Part.MEASUREMENT_SHARE, Part.OUTPUT_SHARE, Part.ACCUMULATOR)) {
      var ofZeros = unmasked(kind, zeros, part);
      var ofOnes = unmasked(kind, ones, part);
      assertThat(HalfBytes.deviation(ofZeros, ofOnes))
          .as("%s", part)
          .isGreaterThan(HalfBytes.CRITICAL);
      for (boolean atLeader : new boolean[] {true, false}) {
        var before = new EnumMap<>(atLeader ? zeros.leader() : zeros.helper());
        var after = new EnumMap<>(atLeader ? ones.leader() : ones.helper());
        before.put(part, ofZeros);
        after.put(part, ofOnes);
        assertThat(tellingParts(before, after)).containsExactly(part);
      }
    }
  }

  private static byte[][] unmasked(Held.Kind kind, Held held, Part part) {
    var leader = held.leader().get(part);
    var helper = held.helper().get(part);
    var plain = new byte[leader.length][];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = Held.added(kind, leader[i], helper[i]);
    }
    return plain;
  }

  private static List<Part> tellingParts(Map<Part, byte[][]> zeros, Map<Part, byte[][]> ones) {
    assertThat(zeros.keySet()).isEqualTo(ones.keySet());
    return zeros.keySet().stream()
        .filter(part -> !HalfBytes.areIndependent(zeros.get(part), ones.get(part)))
        .toList();
  }

  /** The same on the way that reports take, with what the aggregators send each other. */
  @Test
  void whatTheServiceKeepsAndSends_isIndependentOfTheMeasurement() {
    var clock = InstantSource.system();
    var leader = new LeaderVerifier(task.leaderRing);
    var helper = new HelperVerifier(task.helperRing);
    var maker = task.maker(0, clock);
    var leaders = new byte[2][REPORTS][];
    var helpers = new byte[2][REPORTS][];
    var sent = new byte[2][REPORTS][];
    for (int measurement = 0; measurement < 2; measurement++) {
      for (int i = 0; i < REPORTS; i++) {
        var report = maker.make(Measurement.yes(measurement == 1));
        var start = (LeaderVerifier.Start.Started) leader.start(task.task, report);
        var share = new ReportShare(report.metadata(), report.publicShare(), report.helper());
        var answer = helper.answer(task.task, new VerifyInit(share, start.payload()));
        leaders[measurement][i] = start.outputShare().toArray();
        helpers[measurement][i] = ((HelperVerifier.Answer.Verified) answer).share().revealBytes();
        sent[measurement][i] = start.payload().toArray();
      }
    }
    assertThat(HalfBytes.areIndependent(leaders[0], leaders[1])).as("leader").isTrue();
    assertThat(HalfBytes.areIndependent(helpers[0], helpers[1])).as("helper").isTrue();
    assertThat(HalfBytes.areIndependent(sent[0], sent[1])).as("leader to helper").isTrue();
  }

  @Test
  void shareThatTellsOneBitOfItsLastByte_isFound() {
    var shares = new byte[2][REPORTS][];
    for (int measurement = 0; measurement < 2; measurement++) {
      for (int i = 0; i < REPORTS; i++) {
        var nonce = Nonce.random(task.random);
        var share =
            vdaf.shard(Measurement.yes(measurement == 1), nonce, task.random)
                .inputShares()
                .getLast()
                .revealBytes();
        int last = share.length - 1;
        share[last] = (byte) (share[last] & 0x7f | measurement << 7);
        shares[measurement][i] = share;
      }
    }
    assertThat(HalfBytes.deviation(shares[0], shares[1])).isGreaterThan(HalfBytes.CRITICAL);
  }

  /** Keeps what it draws. */
  private static final class Kept extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SecureRandom source;
    private final transient List<byte[]> drawn;

    Kept(SecureRandom source, List<byte[]> drawn) {
      this.source = source;
      this.drawn = drawn;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      source.nextBytes(bytes);
      drawn.add(bytes.clone());
    }
  }

  /** A bug: gives out what was given out before. */
  private static final class Again extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Deque<byte[]> left;

    Again(List<byte[]> drawn) {
      this.left = new ArrayDeque<>(drawn);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(left.remove(), 0, bytes, 0, bytes.length);
    }
  }

  /** A bug: every second report gets the randomness of the one before; each draws once. */
  private static final class Twice extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SecureRandom source;
    private transient byte[] drawn = new byte[0];
    private boolean again;

    Twice(SecureRandom source) {
      this.source = source;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (again) {
        System.arraycopy(drawn, 0, bytes, 0, bytes.length);
      } else {
        source.nextBytes(bytes);
        drawn = bytes.clone();
      }
      again = !again;
    }
  }
}
