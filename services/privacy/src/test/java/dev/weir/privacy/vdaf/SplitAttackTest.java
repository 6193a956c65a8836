package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field128;
import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The client puts a false helper part into the public share, so that leader and helper derive
 * different joint randomness, and proves over the mixture: by the letter of the draft the helper
 * accepts what the leader rejects, and one report spoils a batch. Works with all bits 1, whose
 * gadget outputs are 0 under any randomness.
 */
class SplitAttackTest {
  private static final int LENGTH = 6;
  private static final int CHUNK = 2;
  private static final byte[] TASK = Vectors.ascii("a task");

  private final Scheme scheme = Scheme.of(circuit(), 1, 2, WireVersion.DRAFT_18, 3, TASK);
  private final Prio3 prio3 = new Prio3(scheme);
  private final Nonce nonce = Nonce.of(new byte[Nonce.BYTES]);
  private final VerifyKey key = VerifyKey.of(new byte[VerifyKey.BYTES]);
  private final Shares attack = attack();

  @Test
  void theDraftAlone_letsTheHelperAcceptWhatTheLeaderRejects() throws RejectedReportException {
    var leader = prio3.verify(key, 0, nonce, attack.publicShare(), attack.inputShares().get(0));
    var helper = prio3.verify(key, 1, nonce, attack.publicShare(), attack.inputShares().get(1));
    var message = prio3.combine(List.of(leader.verifierShare(), helper.verifierShare()));
    assertThat(prio3.finish(helper, message).byteLength()).isEqualTo(16 * LENGTH);
    assertThatThrownBy(() -> prio3.finish(leader, message))
        .isInstanceOf(RejectedReportException.class);
    assertThat(leader.ownPartMatches()).isTrue();
    assertThat(helper.ownPartMatches()).isFalse();
  }

  @Test
  void pingPong_hasTheHelperRefuse() {
    var parties = new PingPong(prio3, key);
    var started =
        (PingPongOutcome.Started)
            parties.start(nonce, attack.publicShare(), attack.inputShares().get(0));
    assertThat(
            parties.answer(
                nonce,
                attack.publicShare(),
                attack.inputShares().get(1),
                started.outbound().bytes()))
        .isEqualTo(new PingPongOutcome.Rejected(Reason.SPLIT_JOINT_RANDOMNESS));
  }

  private static SumVecCircuit circuit() {
    return new SumVecCircuit(Field128.INSTANCE, LENGTH, 1, CHUNK);
  }

  private Shares attack() {
    var field = scheme.field();
    var rand = new byte[scheme.randBytes()];
    new Random(3).nextBytes(rand);
    var ones = new long[LENGTH];
    Arrays.fill(ones, 1);
    var honest = prio3.shard(Measurement.vector(ones), nonce, rand);
    // what each will derive: the leader from its own part and the false one, the helper honestly
    var falseParts = honest.publicShare().revealBytes();
    falseParts[falseParts.length - 1] ^= 1;
    var leaderJoint = scheme.jointRandomness(scheme.derive().jointRandSeed(falseParts));
    var helperJoint =
        scheme.jointRandomness(scheme.derive().jointRandSeed(honest.publicShare().revealBytes()));
    var plain = field.zeros(LENGTH);
    scheme.circuit().encode(Measurement.vector(ones), plain);
    var helperShare = scheme.derive().measurementShare(rand, 0, 1, LENGTH);
    // the proof over the mixture of both
    var seeds =
        scheme
            .derive()
            .proveRandomness(rand, rand.length - Scheme.SEED, scheme.flp().proveRandLength());
    var proof = field.zeros(scheme.proofsLength());
    new Flp(new MixedCircuit(helperShare, helperJoint), 2)
        .prove(plain, seeds, 0, leaderJoint, proof, 0);
    field.subEach(
        proof,
        0,
        scheme.derive().proofsShare(rand, 0, 1, scheme.proofsLength()),
        0,
        scheme.proofsLength());
    var leader = honest.inputShares().get(0).revealBytes();
    field.encode(proof, 0, scheme.proofsLength(), leader, scheme.measurementBytes());
    return new Shares(
        PublicShare.of(falseParts), List.of(InputShare.of(leader), honest.inputShares().get(1)));
  }

  /** Wires as the two aggregators will build them together, each with its own randomness. */
  private record MixedCircuit(long[] helperShare, long[] helperJoint) implements Circuit {
    private static final SumVecCircuit HONEST = circuit();

    @Override
    public void wires(long[] measurement, long[] leaderJoint, long[] wires, int points) {
      var field = field();
      var leaderShare = measurement.clone();
      field.subEach(leaderShare, 0, helperShare, 0, LENGTH);
      HONEST.wires(leaderShare, leaderJoint, wires, points);
      var theirs = field.zeros(gadget().arity() * points);
      HONEST.wires(helperShare, helperJoint, theirs, points);
      for (int call = 1; call <= calls(); call++) {
        for (int j = 0; j < gadget().arity(); j++) {
          int at = j * points + call;
          field.add(wires, at, wires, at, theirs, at);
          if (j % 2 == 1) { // both subtracted 1, together they subtract it once
            var one = field.zeros(1);
            field.set(1, one, 0);
            field.add(wires, at, wires, at, one, 0);
          }
        }
      }
    }

    @Override
    public Field field() {
      return HONEST.field();
    }

    @Override
    public Gadget gadget() {
      return HONEST.gadget();
    }

    @Override
    public int calls() {
      return HONEST.calls();
    }

    @Override
    public int measurementLength() {
      return HONEST.measurementLength();
    }

    @Override
    public int outputLength() {
      return HONEST.outputLength();
    }

    @Override
    public int jointRandLength() {
      return HONEST.jointRandLength();
    }

    @Override
    public int checks() {
      return HONEST.checks();
    }

    @Override
    public void encode(Measurement measurement, long[] out) {
      HONEST.encode(measurement, out);
    }

    @Override
    public void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
      HONEST.wiresAt(lambda, share, joint, iota, y, at);
    }

    @Override
    public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
      HONEST.check(share, outputs, from, step, iota, out);
    }

    @Override
    public void truncate(long[] share, long[] out) {
      HONEST.truncate(share, out);
    }
  }
}
