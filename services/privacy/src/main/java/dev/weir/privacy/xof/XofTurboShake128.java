package dev.weir.privacy.xof;

/**
 * XofTurboShake128 of VDAF: TurboSHAKE128 with D = 1 over le16(|dst|) ‖ dst ‖ u8(|seed|) ‖ seed ‖
 * binder. One instance is one stream of output. Confined to one thread.
 */
public final class XofTurboShake128 {
  public static final int SEED_BYTES = 32;

  private static final int DOMAIN = 1;
  private static final int MAX_TAG_BYTES = 0xFFFF;
  private static final int MAX_SEED_BYTES = 0xFF;

  private final TurboShake128 sponge = new TurboShake128();
  private boolean open = true;

  /**
   * @param seed at most 255 bytes; Prio3 uses 32
   * @param tag the domain separation tag, at most 65,535 bytes
   */
  public XofTurboShake128(byte[] seed, byte[] tag) {
    this(seed, 0, seed.length, tag);
  }

  /** Reads the seed from the middle of an array. */
  public XofTurboShake128(byte[] seed, int from, int seedBytes, byte[] tag) {
    if (tag.length > MAX_TAG_BYTES || seedBytes > MAX_SEED_BYTES) {
      throw new IllegalArgumentException("tag of at most 65535, seed of at most 255 bytes");
    }
    sponge.absorb(new byte[] {(byte) tag.length, (byte) (tag.length >>> 8)});
    sponge.absorb(tag);
    sponge.absorb(new byte[] {(byte) seedBytes});
    sponge.absorb(seed, from, seedBytes);
  }

  /** Appends to the binder; only before any output is taken. */
  public XofTurboShake128 bind(byte... bytes) {
    sponge.absorb(bytes);
    return this;
  }

  /** Appends part of an array to the binder. */
  public XofTurboShake128 bind(byte[] bytes, int from, int length) {
    sponge.absorb(bytes, from, length);
    return this;
  }

  /** The next eight bytes of output, little-endian. */
  public long nextLane() {
    finish();
    return sponge.squeezeLane();
  }

  /** The next bytes of output. */
  public byte[] next(int length) {
    finish();
    var out = new byte[length];
    sponge.squeeze(out, 0, length);
    return out;
  }

  /** The next {@link #SEED_BYTES} bytes of output. */
  public byte[] nextSeed() {
    return next(SEED_BYTES);
  }

  private void finish() {
    if (open) {
      sponge.finish(DOMAIN);
      open = false;
    }
  }

  /** Says nothing of the seed. */
  @Override
  public String toString() {
    return "XofTurboShake128";
  }
}
