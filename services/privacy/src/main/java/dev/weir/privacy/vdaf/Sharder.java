package dev.weir.privacy.vdaf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The client's side of one report. Confined to one thread and used once. */
final class Sharder {
  private static final int SEED = Scheme.SEED;

  private final Scheme scheme;
  private final byte[] nonce;
  private final byte[] rand;
  private final int stride; // bytes of rand per helper: share seed, and blind where there is one
  private final byte[] parts;
  private final long[] leaderMeasurement;

  Sharder(Scheme scheme, byte[] nonce, byte[] rand) {
    if (rand.length != scheme.randBytes()) {
      throw new IllegalArgumentException("sharding takes " + scheme.randBytes() + " random bytes");
    }
    this.scheme = scheme;
    this.nonce = nonce;
    this.rand = rand;
    this.stride = scheme.helperShareBytes();
    this.parts = new byte[scheme.publicShareBytes()];
    this.leaderMeasurement = scheme.field().zeros(scheme.circuit().measurementLength());
  }

  Shares shard(Measurement measurement) {
    scheme.circuit().encode(measurement, leaderMeasurement);
    var plain = leaderMeasurement.clone();
    for (int helper = 1; helper < scheme.shares(); helper++) {
      splitMeasurement(helper);
    }
    var encoded = encoded(leaderMeasurement, scheme.circuit().measurementLength());
    var joint = new long[0];
    if (scheme.joint()) {
      part(0, leaderBlindAt(), encoded);
      joint = scheme.jointRandomness(scheme.derive().jointRandSeed(parts));
    }
    var proofs = prove(plain, joint);
    Arrays.fill(plain, 0);
    return new Shares(PublicShare.own(parts), inputShares(encoded, proofs));
  }

  private int seedAt(int helper) {
    return (helper - 1) * stride;
  }

  private int leaderBlindAt() {
    return (scheme.shares() - 1) * stride;
  }

  private void splitMeasurement(int helper) {
    int length = scheme.circuit().measurementLength();
    var share = scheme.derive().measurementShare(rand, seedAt(helper), helper, length);
    scheme.field().subEach(leaderMeasurement, 0, share, 0, length);
    if (scheme.joint()) {
      part(helper, seedAt(helper) + SEED, encoded(share, length));
    }
  }

  private void part(int aggregator, int blindAt, byte[] share) {
    var part =
        scheme.derive().jointRandPart(rand, blindAt, aggregator, nonce, share, 0, share.length);
    System.arraycopy(part, 0, parts, aggregator * SEED, SEED);
  }

  /** The leader's share of all proofs. */
  private long[] prove(long[] plain, long[] joint) {
    var flp = scheme.flp();
    int seeds = flp.proveRandLength();
    var random = scheme.derive().proveRandomness(rand, rand.length - SEED, seeds * scheme.proofs());
    int length = scheme.proofsLength();
    var proofs = scheme.field().zeros(length);
    for (int proof = 0; proof < scheme.proofs(); proof++) {
      flp.prove(
          plain,
          random,
          proof * seeds,
          scheme.piece(joint, proof),
          proofs,
          proof * flp.proofLength());
    }
    for (int helper = 1; helper < scheme.shares(); helper++) {
      var share = scheme.derive().proofsShare(rand, seedAt(helper), helper, length);
      scheme.field().subEach(proofs, 0, share, 0, length);
    }
    return proofs;
  }

  private List<InputShare> inputShares(byte[] measurement, long[] proofs) {
    var shares = new ArrayList<InputShare>();
    var leader = Arrays.copyOf(measurement, scheme.leaderShareBytes());
    scheme.field().encode(proofs, 0, scheme.proofsLength(), leader, measurement.length);
    if (scheme.joint()) {
      System.arraycopy(rand, leaderBlindAt(), leader, leader.length - SEED, SEED);
    }
    shares.add(InputShare.own(leader));
    for (int helper = 1; helper < scheme.shares(); helper++) {
      int at = seedAt(helper);
      shares.add(InputShare.own(Arrays.copyOfRange(rand, at, at + stride)));
    }
    return shares;
  }

  private byte[] encoded(long[] elements, int count) {
    var bytes = new byte[scheme.measurementBytes()];
    scheme.field().encode(elements, 0, count, bytes, 0);
    return bytes;
  }
}
