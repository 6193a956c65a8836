package dev.weir.privacy.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ed25519VerifierTest {
  private static final long SEED = 8_032;
  private static final int ENCODED_KEY_BYTES = 44;

  @Test
  void verifies_everyWycheproofCase_asIsExpected() throws IOException {
    var file = Path.of(System.getProperty("weir.data", "absent"), "wycheproof/ed25519_test.json");
    assumeTrue(Files.exists(file), "the shared data is not here: set weir.data");
    int cases = 0;
    for (var group : new ObjectMapper().readTree(file.toFile()).get("testGroups")) {
      var verifier = Ed25519Verifier.of(hex(group.get("publicKey").get("pk").asText()));
      for (var test : group.get("tests")) {
        boolean verified =
            verifier
                .orElseThrow()
                .verifies(hex(test.get("msg").asText()), hex(test.get("sig").asText()));
        assertThat(verified)
            .as(test.get("tcId").asText())
            .isEqualTo(test.get("result").asText().equals("valid"));
        cases++;
      }
    }
    assertThat(cases).isEqualTo(151);
  }

  @Test
  void verifies_whatTheJdkSigned_andNothingThatWasChanged() throws GeneralSecurityException {
    var random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      var keys = keys(random);
      var message = new byte[i];
      random.nextBytes(message);
      var signature = sign(keys, message);
      var verifier = Ed25519Verifier.of(raw(keys)).orElseThrow();
      assertThat(verifier.verifies(message, signature)).as("round %s", i).isTrue();
      var forged = signature.clone();
      int bit = random.nextInt(8 * forged.length);
      forged[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThat(verifier.verifies(message, forged)).as("bit %s", bit).isFalse();
      assertThat(verifier.verifies(Arrays.copyOf(message, i + 1), signature)).isFalse();
    }
  }

  @Test
  void verifies_underAnotherKey_isFalse() throws GeneralSecurityException {
    var random = new Random(SEED);
    var message = new byte[80];
    var signature = sign(keys(random), message);
    var other = Ed25519Verifier.of(raw(keys(random))).orElseThrow();
    assertThat(other.verifies(message, signature)).isFalse();
  }

  @Test
  void of_whatEncodesNoPoint_orNotInTheOnlyWay_isEmpty() {
    var tooLarge = little(BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(18)));
    assertThat(Ed25519Verifier.of(tooLarge)).isEmpty(); // 1 in a second encoding
    var minusZero = little(BigInteger.ONE.add(BigInteger.ONE.shiftLeft(255)));
    assertThat(Ed25519Verifier.of(minusZero)).isEmpty();
    assertThat(Ed25519Verifier.of(little(BigInteger.TWO))).isEmpty();
    assertThat(Ed25519Verifier.of(new byte[31])).isEmpty();
    assertThat(Ed25519Verifier.of(little(BigInteger.ONE))).isPresent();
  }

  @Test
  void points_addAndDouble_asTheGroupSays() {
    var random = new Random(SEED);
    var base = EdwardsPoint.base();
    for (int i = 0; i < 50; i++) {
      var scalar = new BigInteger(252, random);
      var narrow = times(new OddMultiples(base, 2), scalar);
      assertThat(times(new OddMultiples(base, 6), scalar)).isEqualTo(narrow);
      assertThat(doubledAndAdded(base, scalar)).isEqualTo(narrow);
    }
  }

  private static byte[] times(OddMultiples multiples, BigInteger scalar) {
    var digits = multiples.digits(scalar);
    var sum = EdwardsPoint.neutral();
    for (int step = OddMultiples.STEPS - 1; step >= 0; step--) {
      sum.twice();
      multiples.add(sum, digits, step);
    }
    return sum.encoded();
  }

  private static byte[] doubledAndAdded(EdwardsPoint base, BigInteger scalar) {
    var affine = new AffinePoint(base);
    var sum = EdwardsPoint.neutral();
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum.twice();
      if (scalar.testBit(bit)) {
        sum.plus(affine);
      }
    }
    return sum.encoded();
  }

  private static KeyPair keys(Random random) throws GeneralSecurityException {
    var seed = new byte[32];
    random.nextBytes(seed);
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(
        java.security.spec.NamedParameterSpec.ED25519, new java.security.SecureRandom(seed));
    return generator.generateKeyPair();
  }

  private static byte[] sign(KeyPair keys, byte[] message) throws GeneralSecurityException {
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(message);
    return signature.sign();
  }

  private static byte[] raw(KeyPair keys) {
    var encoded = keys.getPublic().getEncoded();
    return Arrays.copyOfRange(
        encoded, ENCODED_KEY_BYTES - Ed25519Verifier.KEY_BYTES, ENCODED_KEY_BYTES);
  }

  private static byte[] little(BigInteger value) {
    var bytes = new byte[Ed25519Verifier.KEY_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
