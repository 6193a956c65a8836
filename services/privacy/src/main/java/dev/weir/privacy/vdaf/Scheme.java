package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.xof.XofTurboShake128;

/**
 * Everything of one Prio3 that does not change from report to report: circuit, proof system, tags
 * and sizes. Immutable and thread-safe.
 *
 * @param shares aggregators, 2 to 255
 */
record Scheme(Circuit circuit, Flp flp, Derivation derive, int shares, int proofs) {
  static final int SEED = XofTurboShake128.SEED_BYTES;
  private static final int MOST_SHARES = 255;
  private static final int MULTIPROOF = 3;

  Scheme {
    if (shares < 2 || shares > MOST_SHARES) {
      throw new IllegalArgumentException("Prio3 takes 2 to 255 aggregators");
    }
    boolean small = circuit.field().encodedBytes() < 2 * Long.BYTES;
    if (small && circuit.jointRandLength() > 0 && proofs < MULTIPROOF) {
      throw new IllegalArgumentException("Field64 with joint randomness takes at least 3 proofs");
    }
  }

  static Scheme of(
      Circuit circuit, int proofs, int shares, WireVersion version, int id, byte[] context) {
    var derive = new Derivation(circuit.field(), proofs, version, id, context);
    return new Scheme(circuit, new Flp(circuit, shares), derive, shares, proofs);
  }

  Field field() {
    return circuit.field();
  }

  boolean joint() {
    return circuit.jointRandLength() > 0;
  }

  int proofsLength() {
    return flp.proofLength() * proofs;
  }

  int verifiersLength() {
    return flp.verifierLength() * proofs;
  }

  private int blindBytes() {
    return joint() ? SEED : 0;
  }

  int randBytes() {
    return shares * (SEED + blindBytes());
  }

  int publicShareBytes() {
    return shares * blindBytes();
  }

  int measurementBytes() {
    return bytes(circuit.measurementLength());
  }

  int leaderShareBytes() {
    return measurementBytes() + bytes(proofsLength()) + blindBytes();
  }

  int helperShareBytes() {
    return SEED + blindBytes();
  }

  int verifierShareBytes() {
    return bytes(verifiersLength()) + blindBytes();
  }

  int messageBytes() {
    return blindBytes();
  }

  int outputBytes() {
    return bytes(circuit.outputLength());
  }

  private int bytes(int elements) {
    return Math.multiplyExact(elements, field().encodedBytes());
  }

  /** Multipliers of the joint randomness of all proofs; empty where there is none. */
  long[] jointRandomness(byte[] seed) {
    int count = circuit.jointRandLength() * proofs;
    var drawn = derive.jointRandomness(seed, count);
    for (int i = 0; i < count; i++) {
      field().prepare(drawn, i, drawn, i);
    }
    return drawn;
  }

  /** The piece of {@link #jointRandomness} that belongs to one proof. */
  long[] piece(long[] joint, int proof) {
    int words = circuit.jointRandLength() * field().words();
    return java.util.Arrays.copyOfRange(joint, proof * words, (proof + 1) * words);
  }
}
