package dev.weir.privacy.xof;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * TurboSHAKE128 of RFC 9861: absorb any number of pieces, then squeeze any number of bytes.
 * Confined to one thread; constant-time in what it absorbs.
 */
public final class TurboShake128 {
  static final int RATE_BYTES = 168;

  private static final int RATE_LANES = RATE_BYTES / Long.BYTES;
  private static final VarHandle LANE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] state = new long[KeccakP.LANES];
  private final byte[] block = new byte[RATE_BYTES];

  /** Bytes waiting in {@code block} while absorbing, bytes used of the state while squeezing. */
  private int at;

  private boolean squeezing;

  /** Appends bytes to the message. */
  public void absorb(byte[] message) {
    absorb(message, 0, message.length);
  }

  /**
   * Appends {@code length} bytes from {@code from} on to the message.
   *
   * @throws IllegalStateException when output was already asked for
   */
  public void absorb(byte[] message, int from, int length) {
    if (squeezing) {
      throw new IllegalStateException("the message is complete");
    }
    int next = from;
    int end = from + length;
    while (next < end) {
      if (at == 0 && end - next >= RATE_BYTES) {
        absorbBlock(message, next);
        next += RATE_BYTES;
      } else {
        int taken = Math.min(end - next, RATE_BYTES - at);
        System.arraycopy(message, next, block, at, taken);
        at += taken;
        next += taken;
        if (at == RATE_BYTES) {
          absorbBlock(block, 0);
          at = 0;
        }
      }
    }
  }

  /**
   * Ends the message.
   *
   * @param domain the domain separation byte D, 0x01 to 0x7F
   */
  public void finish(int domain) {
    if (squeezing) {
      throw new IllegalStateException("the message is complete");
    }
    Arrays.fill(block, at, RATE_BYTES, (byte) 0);
    block[at] = (byte) domain;
    block[RATE_BYTES - 1] ^= (byte) 0x80;
    absorbBlock(block, 0);
    Arrays.fill(block, (byte) 0);
    squeezing = true;
    at = 0;
  }

  /** The next output bytes. */
  public void squeeze(byte[] out, int from, int length) {
    for (int i = 0; i < length; i++) {
      if (at == RATE_BYTES) {
        next();
      }
      out[from + i] = (byte) (state[at >>> 3] >>> ((at & 7) << 3));
      at++;
    }
  }

  /** The next eight output bytes, little-endian. */
  public long squeezeLane() {
    if ((at & 7) != 0) {
      return unaligned();
    }
    if (at == RATE_BYTES) {
      next();
    }
    long lane = state[at >>> 3];
    at += Long.BYTES;
    return lane;
  }

  private long unaligned() {
    var bytes = new byte[Long.BYTES];
    squeeze(bytes, 0, Long.BYTES);
    return (long) LANE.get(bytes, 0);
  }

  private void next() {
    KeccakP.permute12(state);
    at = 0;
  }

  private void absorbBlock(byte[] from, int offset) {
    for (int i = 0; i < RATE_LANES; i++) {
      state[i] ^= (long) LANE.get(from, offset + Long.BYTES * i);
    }
    KeccakP.permute12(state);
  }

  /** Says nothing of the state. */
  @Override
  public String toString() {
    return "TurboShake128";
  }
}
