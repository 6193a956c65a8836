package dev.weir.privacy.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class X25519Test {
  private static final long SEED = 7_748;
  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  @Test
  void multiply_aThousandTimes_isTheValueOfRfc7748() {
    var k = new byte[32];
    k[0] = 9;
    var u = k;
    for (int i = 1; i <= 1_000; i++) {
      var next = X25519.multiply(k, u);
      u = k;
      k = next;
      if (i == 1) {
        assertThat(hex(k))
            .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      }
    }
    assertThat(hex(k))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void multiply_ofEveryWycheproofCase_isWhatIsExpected() throws IOException {
    var file = Path.of(System.getProperty("weir.data", "absent"), "wycheproof/x25519_test.json");
    assumeTrue(Files.exists(file), "the shared data is not here: set weir.data");
    int cases = 0;
    for (var group : new ObjectMapper().readTree(file.toFile()).get("testGroups")) {
      for (var test : group.get("tests")) {
        var shared = X25519.multiply(bytes(test.get("private")), bytes(test.get("public")));
        assertThat(hex(shared))
            .as(test.get("tcId").asText())
            .isEqualTo(test.get("shared").asText());
        cases++;
      }
    }
    assertThat(cases).isGreaterThan(500);
  }

  @Test
  void multiply_ofRandomAndOddInputs_isWhatBouncyCastleGives() {
    var random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      var scalar = new byte[32];
      var point = new byte[32];
      random.nextBytes(scalar);
      random.nextBytes(point);
      if (i % 3 == 0) {
        java.util.Arrays.fill(point, 1, 31, (byte) 0xFF); // near and above p
      }
      var expected = new byte[32];
      org.bouncycastle.math.ec.rfc7748.X25519.scalarMult(scalar, 0, point, 0, expected, 0);
      assertThat(X25519.multiply(scalar, point)).as("round %s", i).isEqualTo(expected);
    }
  }

  @Test
  void fieldOperations_atTheEdges_areThoseOfTheIntegers() {
    var random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      var a = value(random, i);
      var b = value(random, i / 7);
      var x = limbs(a);
      var y = limbs(b);
      var z = new long[Fe25519.LIMBS];
      Fe25519.mul(z, x, y);
      assertThat(integer(z)).isEqualTo(a.multiply(b).mod(P));
      Fe25519.square(z, x);
      assertThat(integer(z)).isEqualTo(a.multiply(a).mod(P));
      Fe25519.sub(z, x, y);
      assertThat(integer(z)).isEqualTo(a.subtract(b).mod(P));
      var sum = new long[Fe25519.LIMBS];
      Fe25519.add(sum, x, y);
      assertThat(integer(sum)).isEqualTo(a.add(b).mod(P));
      Fe25519.mul(z, sum, z);
      assertThat(integer(z)).isEqualTo(a.add(b).multiply(a.subtract(b)).mod(P));
      Fe25519.mulSmall(z, x);
      assertThat(integer(z)).isEqualTo(a.multiply(BigInteger.valueOf(121_665)).mod(P));
    }
  }

  @Test
  void invert_timesTheElement_isOne() {
    var random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      var x = limbs(value(random, i).add(BigInteger.ONE).mod(P));
      var z = new long[Fe25519.LIMBS];
      Fe25519.invert(z, x);
      Fe25519.mul(z, z, x);
      var expected = integer(x).signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
      assertThat(integer(z)).isEqualTo(expected);
    }
  }

  @Test
  void multiply_ofAnotherLength_isRefused() {
    assertThatThrownBy(() -> X25519.multiply(new byte[31], new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> X25519.multiply(new byte[32], new byte[33]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Elements near 0, p and where limbs meet, then random ones. */
  private static BigInteger value(Random random, int i) {
    if (i % 4 == 0) {
      return BigInteger.ONE.shiftLeft(51 * (i % 5)).subtract(BigInteger.valueOf(i % 3)).mod(P);
    }
    return i % 4 == 1
        ? P.subtract(BigInteger.valueOf(i % 40 + 1))
        : new BigInteger(255, random).mod(P);
  }

  private static long[] limbs(BigInteger value) {
    var bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    var limbs = new long[Fe25519.LIMBS];
    Fe25519.decode(bytes, limbs);
    return limbs;
  }

  private static BigInteger integer(long[] limbs) {
    var encoded = Fe25519.encode(limbs);
    var value = BigInteger.ZERO;
    for (int i = 31; i >= 0; i--) {
      value = value.shiftLeft(8).add(BigInteger.valueOf(encoded[i] & 0xFF));
    }
    assertThat(value).isLessThan(P);
    return value;
  }

  private static byte[] bytes(com.fasterxml.jackson.databind.JsonNode text) {
    return HexFormat.of().parseHex(text.asText());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
