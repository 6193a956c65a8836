package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.xof.XofTurboShake128;

/**
 * The seven uses of the XOF, each under its own domain separation tag. Immutable and thread-safe.
 */
final class Derivation {
  private static final int MEASUREMENT_SHARE = 1;
  private static final int PROOF_SHARE = 2;
  private static final int JOINT_RANDOMNESS = 3;
  private static final int PROVE_RANDOMNESS = 4;
  private static final int QUERY_RANDOMNESS = 5;
  private static final int JOINT_RAND_SEED = 6;
  private static final int JOINT_RAND_PART = 7;
  private static final int USAGES = 7;
  private static final int TAG_PREFIX_BYTES = 8;
  private static final int MAX_CONTEXT_BYTES = 0xFFFF - TAG_PREFIX_BYTES;
  private static final int SEED = XofTurboShake128.SEED_BYTES;

  private final Field field;
  private final int proofs;
  private final byte[][] tags = new byte[USAGES + 1][];

  /**
   * @param context application context, at most 65,527 bytes
   */
  Derivation(Field field, int proofs, WireVersion version, int algorithmId, byte[] context) {
    if (context.length > MAX_CONTEXT_BYTES) {
      throw new IllegalArgumentException("a context has at most 65527 bytes");
    }
    this.field = field;
    this.proofs = proofs;
    for (int usage = 0; usage <= USAGES; usage++) {
      tags[usage] = tag(version, algorithmId, usage, context);
    }
  }

  private static byte[] tag(WireVersion version, int id, int usage, byte[] context) {
    var tag = new byte[TAG_PREFIX_BYTES + context.length];
    tag[0] = (byte) version.tag();
    for (int i = 0; i < 4; i++) {
      tag[2 + i] = (byte) (id >>> (24 - 8 * i));
    }
    tag[7] = (byte) usage;
    System.arraycopy(context, 0, tag, TAG_PREFIX_BYTES, context.length);
    return tag;
  }

  private XofTurboShake128 xof(int usage, byte[] seed, int at) {
    return new XofTurboShake128(seed, at, SEED, tags[usage]);
  }

  private long[] draw(XofTurboShake128 xof, int count) {
    var drawn = field.zeros(count);
    field.draw(xof, drawn, 0, count);
    return drawn;
  }

  long[] measurementShare(byte[] seed, int at, int aggregator, int length) {
    return draw(xof(MEASUREMENT_SHARE, seed, at).bind((byte) aggregator), length);
  }

  long[] proofsShare(byte[] seed, int at, int aggregator, int length) {
    return draw(xof(PROOF_SHARE, seed, at).bind((byte) proofs, (byte) aggregator), length);
  }

  long[] jointRandomness(byte[] seed, int length) {
    return draw(xof(JOINT_RANDOMNESS, seed, 0).bind((byte) proofs), length);
  }

  long[] proveRandomness(byte[] seed, int at, int length) {
    return draw(xof(PROVE_RANDOMNESS, seed, at).bind((byte) proofs), length);
  }

  long[] queryRandomness(byte[] verifyKey, byte[] nonce, int length) {
    return draw(xof(QUERY_RANDOMNESS, verifyKey, 0).bind((byte) proofs).bind(nonce), length);
  }

  /** The seed that all parts, in aggregator order, lead to. */
  byte[] jointRandSeed(byte[] parts) {
    return xof(JOINT_RAND_SEED, new byte[SEED], 0).bind(parts).nextSeed();
  }

  /**
   * @param share the encoded measurement share, {@code length} bytes from {@code from} on
   */
  byte[] jointRandPart(
      byte[] blind, int blindAt, int aggregator, byte[] nonce, byte[] share, int from, int length) {
    return xof(JOINT_RAND_PART, blind, blindAt)
        .bind((byte) aggregator)
        .bind(nonce)
        .bind(share, from, length)
        .nextSeed();
  }
}
