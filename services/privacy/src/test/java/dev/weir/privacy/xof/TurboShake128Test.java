package dev.weir.privacy.xof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurboShake128Test {
  private static final long SEED = 9_861;

  @Test
  void squeeze_ofTheEmptyMessage_isTheValueOfRfc9861() {
    assertThat(hex(fast(new byte[0], 0x1F, 32), 0, 32))
        .isEqualTo("1e415f1c5983aff2169217277d17bb538cd945a397ddec541f1ce41af2c1b74c");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 868cbd53b078205a, 6e2d07c27759899a",
    "1, 0fc5bb1616bfd812, e641193ee07eb594",
    "166, 24e063f355ba9278, 61f84c4a02e96628",
    "167, 0661376465c5f8cc, 076e8b8e7eb20b31",
    "168, 926245945d0a7bab, 35c9c33fba02d327",
    "169, 4121a952f1822f2b, 6f8afdc1a45fab9b",
    "336, e519262d6fc9593c, 40588a32cfcb665d"
  })
  void squeeze_acrossBlocks_isKnown(int length, String first, String acrossTheRate) {
    var message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (i % 251);
    }
    var out = fast(message, 1, 172);
    assertThat(hex(out, 0, 8)).isEqualTo(first);
    assertThat(hex(out, 164, 172)).isEqualTo(acrossTheRate);
  }

  @Test
  void squeeze_ofAnyMessage_isWhatTheSlowOneGives() {
    var random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      var message = new byte[random.nextInt(700)];
      random.nextBytes(message);
      int domain = 1 + random.nextInt(0x7F);
      var expected = new byte[random.nextInt(1, 600)];
      new SlowTurboShake128(message, domain).fill(expected);
      assertThat(fast(message, domain, expected.length)).as("round %s", i).isEqualTo(expected);
    }
  }

  @Test
  void absorbAndSqueeze_inPieces_giveTheSameStream() {
    var random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      var message = new byte[random.nextInt(1_000)];
      random.nextBytes(message);
      var whole = fast(message, 1, 500);
      var sponge = new TurboShake128();
      for (int at = 0; at < message.length; ) {
        int piece = Math.min(random.nextInt(1, 400), message.length - at);
        sponge.absorb(message, at, piece);
        at += piece;
      }
      sponge.finish(1);
      var out = new byte[500];
      for (int at = 0; at < out.length; ) {
        int piece = Math.min(random.nextInt(1, 40), out.length - at);
        if (piece >= 8 && random.nextBoolean()) {
          long lane = sponge.squeezeLane();
          for (int b = 0; b < 8; b++) {
            out[at++] = (byte) (lane >>> (8 * b));
          }
        } else {
          sponge.squeeze(out, at, piece);
          at += piece;
        }
      }
      assertThat(out).as("round %s", i).isEqualTo(whole);
    }
  }

  @Test
  void absorb_afterOutputWasTaken_isRefused() {
    var sponge = new TurboShake128();
    sponge.finish(1);
    assertThatThrownBy(() -> sponge.absorb(new byte[1])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sponge.finish(1)).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] fast(byte[] message, int domain, int length) {
    var sponge = new TurboShake128();
    sponge.absorb(message);
    sponge.finish(domain);
    var out = new byte[length];
    sponge.squeeze(out, 0, length);
    return out;
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, to));
  }
}
