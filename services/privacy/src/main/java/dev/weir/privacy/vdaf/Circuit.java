package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import java.math.BigInteger;

/**
 * A validity circuit with one gadget: all its checks are 0 exactly when the encoded measurement is
 * valid (except with negligible probability over the joint randomness). Every method but {@link
 * #encode} is linear in the measurement where gadget outputs are given, so that it applies to
 * shares. Immutable and thread-safe.
 */
interface Circuit {
  Field field();

  Gadget gadget();

  /** How often the gadget is called. */
  int calls();

  /** MEAS_LEN. */
  int measurementLength();

  /** OUTPUT_LEN. */
  int outputLength();

  /** The largest value that one valid measurement gives one output. */
  default BigInteger largestOutput() {
    return BigInteger.ONE;
  }

  /** JOINT_RAND_LEN: 0, or one element per call. */
  int jointRandLength();

  /** EVAL_OUTPUT_LEN. */
  int checks();

  /**
   * @param out receives the encoded measurement, shape [measurementLength]
   * @throws IllegalArgumentException when the measurement is not one of this circuit
   */
  void encode(Measurement measurement, long[] out);

  /**
   * Gadget inputs for a plain measurement.
   *
   * @param joint multipliers, shape [jointRandLength]
   * @param wires receives input j of call k at [j][k], k from 1, shape [arity][points]
   */
  void wires(long[] measurement, long[] joint, long[] wires, int points);

  /**
   * Wire polynomials of a share at one point: adds Σ λₖ · (input j of call k) to each y[at + j].
   *
   * @param lambda multipliers λ₀ … of the Lagrange basis; call k belongs to λₖ, k from 1
   * @param iota 1 / number of shares, an element
   */
  void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at);

  /**
   * The checks of a share.
   *
   * @param outputs output of call k at {@code from + k · step}, k from 1
   * @param out receives the checks, shape [checks]
   */
  void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out);

  /** The output of a share: what is aggregated, shape [outputLength]. */
  void truncate(long[] share, long[] out);
}
