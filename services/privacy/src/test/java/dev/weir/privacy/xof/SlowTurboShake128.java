package dev.weir.privacy.xof;

import java.io.ByteArrayOutputStream;

/** TurboSHAKE128 (RFC 9861) as a byte stream, slow and plain: the oracle of the fast one. */
final class SlowTurboShake128 {
  private static final int RATE = 168;
  private static final int ROUNDS = 12;
  private static final int LANES = 25;

  private final long[] state = new long[LANES];
  private int at;

  SlowTurboShake128(byte[] message, int domain) {
    var padded = new ByteArrayOutputStream();
    padded.writeBytes(message);
    padded.write(domain);
    while (padded.size() % RATE != 0) {
      padded.write(0);
    }
    var bytes = padded.toByteArray();
    bytes[bytes.length - 1] ^= (byte) 0x80;
    for (int block = 0; block < bytes.length; block += RATE) {
      for (int i = 0; i < RATE; i++) {
        state[i / 8] ^= (bytes[block + i] & 0xFFL) << (8 * (i % 8));
      }
      permute();
    }
  }

  void fill(byte[] out) {
    for (int i = 0; i < out.length; i++) {
      if (at == RATE) {
        permute();
        at = 0;
      }
      out[i] = (byte) (state[at / 8] >>> (8 * (at % 8)));
      at++;
    }
  }

  private void permute() {
    var roundConstant = new RoundConstants();
    for (int skip = 0; skip < 24 - ROUNDS; skip++) {
      roundConstant.next();
    }
    for (int round = 0; round < ROUNDS; round++) {
      theta();
      rhoPiChi();
      state[0] ^= roundConstant.next();
    }
  }

  private void theta() {
    var c = new long[5];
    for (int i = 0; i < LANES; i++) {
      c[i % 5] ^= state[i];
    }
    for (int i = 0; i < LANES; i++) {
      state[i] ^= c[(i + 4) % 5] ^ Long.rotateLeft(c[(i + 1) % 5], 1);
    }
  }

  private void rhoPiChi() {
    var b = new long[LANES];
    int x = 1;
    int y = 0;
    b[0] = state[0];
    for (int t = 0; t < 24; t++) {
      int to = y + 5 * ((2 * x + 3 * y) % 5);
      b[to] = Long.rotateLeft(state[x + 5 * y], (t + 1) * (t + 2) / 2 % 64);
      int next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
    }
    for (int i = 0; i < LANES; i++) {
      int row = i - i % 5;
      state[i] = b[i] ^ (~b[row + (i + 1) % 5] & b[row + (i + 2) % 5]);
    }
  }

  private static final class RoundConstants {
    private int register = 1;

    long next() {
      long constant = 0;
      for (int j = 0; j < 7; j++) {
        if ((register & 1) == 1) {
          constant ^= 1L << ((1 << j) - 1);
        }
        register = register << 1 ^ ((register >> 7) * 0x171);
      }
      return constant;
    }
  }
}
