package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.LagrangeBasis;
import dev.weir.privacy.field.OddPoints;

/**
 * The fully linear proof of one circuit with one gadget. Polynomials are lists of values at roots
 * of unity: wires at P of them, the gadget polynomial at N = 2P, of which L are transmitted.
 * Immutable and thread-safe.
 *
 * <p>The verifier builds neither wires nor the values left out: Lagrange coefficients of its query
 * point turn each wire into one dot product over the share.
 */
final class Flp {
  private final Circuit circuit;
  private final Field field;
  private final Gadget gadget;
  private final int points; // P
  private final int logPoints;
  private final int sent; // L
  private final LagrangeBasis wireBasis;
  private final LagrangeBasis gadgetBasis;
  private final OddPoints oddPoints;
  private final long[]
      folding; // multipliers of W_N^(i+1), i < N − 1: weights of the value left out
  private final long[] one; // multiplier
  private final long[] iota; // 1 / number of shares, an element

  Flp(Circuit circuit, int shares) {
    this.circuit = circuit;
    this.field = circuit.field();
    this.gadget = circuit.gadget();
    this.logPoints = ceilLog(1 + circuit.calls());
    this.points = 1 << logPoints;
    this.sent = gadget.degree() * (points - 1) + 1;
    int logSent = ceilLog(sent);
    if (logSent != logPoints + 1 || sent < 2 * points - 1 || logSent > field.logGenOrder()) {
      throw new IllegalArgumentException("a gadget of this degree is not supported");
    }
    this.wireBasis = new LagrangeBasis(field, logPoints);
    this.gadgetBasis = new LagrangeBasis(field, logSent);
    this.oddPoints = new OddPoints(field, logPoints);
    this.one = field.zeros(1);
    field.root(0, one, 0);
    this.folding = folding(logSent);
    this.iota = inverse(shares);
  }

  private long[] inverse(int number) {
    var inverse = field.zeros(1);
    field.set(1, inverse, 0);
    var multiplier = field.zeros(1);
    field.inverse(number, multiplier, 0);
    field.mul(inverse, 0, multiplier, 0, inverse, 0);
    return inverse;
  }

  private long[] folding(int logSent) {
    var powers = field.zeros(sent);
    field.root(logSent, powers, 0);
    for (int i = 1; i < sent; i++) {
      field.mul(powers, i, powers, i - 1, powers, 0);
    }
    return powers;
  }

  private static int ceilLog(int value) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
  }

  int proveRandLength() {
    return gadget.arity();
  }

  int queryRandLength() {
    return 1 + (circuit.checks() > 1 ? circuit.checks() : 0);
  }

  int proofLength() {
    return gadget.arity() + sent;
  }

  int verifierLength() {
    return 2 + gadget.arity();
  }

  /**
   * @param measurement encoded, plain
   * @param seeds the prover's randomness, elements from {@code seedsAt} on, shape [arity]
   * @param joint multipliers, shape [jointRandLength]
   * @param proof receives the proof from {@code at} on, shape [proofLength]
   */
  void prove(long[] measurement, long[] seeds, int seedsAt, long[] joint, long[] proof, int at) {
    int arity = gadget.arity();
    var wires = field.zeros(arity * points);
    for (int j = 0; j < arity; j++) {
      copy(seeds, seedsAt + j, wires, j * points);
      copy(seeds, seedsAt + j, proof, at + j);
    }
    circuit.wires(measurement, joint, wires, points);
    var values = field.zeros(points);
    gadget.evaluate(field, wires, 0, points, values);
    interleave(values, proof, at + arity, 0);
    for (int j = 0; j < arity; j++) {
      oddPoints.transform(wires, j * points);
    }
    gadget.evaluate(field, wires, 0, points, values);
    interleave(values, proof, at + arity, 1);
  }

  /** Writes value k at position 2k + parity of the gadget polynomial, as far as it is sent. */
  private void interleave(long[] values, long[] proof, int at, int parity) {
    for (int k = 0; 2 * k + parity < sent; k++) {
      copy(values, k, proof, at + 2 * k + parity);
    }
  }

  /**
   * @param share of the encoded measurement
   * @param proof a share of the proof, from {@code proofAt} on
   * @param random query randomness, elements from {@code randomAt} on, shape [queryRandLength]
   * @param joint multipliers, shape [jointRandLength]
   * @param verifier receives this share's verifier from {@code at} on, shape [verifierLength]
   * @return false when the query point is one of the P nodes, where the answer would reveal wires
   */
  boolean query(
      long[] share,
      long[] proof,
      int proofAt,
      long[] random,
      int randomAt,
      long[] joint,
      long[] verifier,
      int at) {
    int reducers = queryRandLength() - 1;
    var powers = powers(random, randomAt + reducers);
    var node = field.zeros(1);
    field.sub(node, 0, powers, logPoints, one, 0);
    if (field.isZero(node, 0)) {
      return false;
    }
    int gadgetAt = proofAt + gadget.arity();
    checks(share, proof, gadgetAt, random, randomAt, verifier, at);
    wires(share, proof, proofAt, powers, joint, verifier, at + 1);
    gadgetValue(proof, gadgetAt, powers, verifier, at + 1 + gadget.arity());
    return true;
  }

  /** Multipliers of t, t², t⁴ … t^P. */
  private long[] powers(long[] random, int at) {
    var powers = field.zeros(logPoints + 1);
    field.prepare(powers, 0, random, at);
    for (int i = 1; i <= logPoints; i++) {
      field.mul(powers, i, powers, i - 1, powers, i - 1);
    }
    return powers;
  }

  private void checks(
      long[] share,
      long[] proof,
      int gadgetAt,
      long[] random,
      int randomAt,
      long[] verifier,
      int at) {
    int count = circuit.checks();
    var checks = field.zeros(count);
    circuit.check(share, proof, gadgetAt, 2, iota, checks); // wires lie at every second point
    if (count == 1) {
      copy(checks, 0, verifier, at);
    } else {
      field.dot(verifier, at, random, randomAt, 1, checks, 0, 1, count);
      field.restore(verifier, at, verifier, at);
    }
  }

  private void wires(
      long[] share,
      long[] proof,
      int proofAt,
      long[] powers,
      long[] joint,
      long[] verifier,
      int at) {
    var lambda = field.zeros(points);
    wireBasis.at(powers, lambda);
    for (int j = 0; j < gadget.arity(); j++) {
      field.mul(verifier, at + j, lambda, 0, proof, proofAt + j);
    }
    circuit.wiresAt(lambda, share, joint, iota, verifier, at);
  }

  /** The gadget polynomial at t; the value left out is −W_N · Σ gᵢ·W_N^i. */
  private void gadgetValue(long[] proof, int gadgetAt, long[] powers, long[] verifier, int at) {
    var lambda = field.zeros(2 * points);
    gadgetBasis.at(powers, lambda);
    field.dot(verifier, at, lambda, 0, 1, proof, gadgetAt, 1, sent);
    if (sent < 2 * points) {
      var missing = field.zeros(1);
      field.dot(missing, 0, folding, 0, 1, proof, gadgetAt, 1, sent);
      field.mul(missing, 0, lambda, sent, missing, 0);
      field.sub(verifier, at, verifier, at, missing, 0);
    }
  }

  /**
   * @param verifier the sum of all verifiers, from {@code at} on
   * @return whether the measurement is valid
   */
  boolean decide(long[] verifier, int at) {
    var value = field.zeros(1);
    gadget.evaluate(field, verifier, at + 1, 1, value);
    field.sub(value, 0, value, 0, verifier, at + 1 + gadget.arity());
    boolean gadgetHolds = field.isZero(value, 0);
    boolean circuitHolds = field.isZero(verifier, at);
    return gadgetHolds && circuitHolds;
  }

  private void copy(long[] from, int fromAt, long[] to, int toAt) {
    int words = field.words();
    System.arraycopy(from, fromAt * words, to, toAt * words, words);
  }
}
