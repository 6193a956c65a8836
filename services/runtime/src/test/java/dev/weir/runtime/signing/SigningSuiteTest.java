package dev.weir.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.ProblemException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningSuiteTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] MESSAGE = "{\"round\":1}".getBytes(StandardCharsets.UTF_8);

  static Stream<SigningSuite> suites() {
    return Stream.of(SigningSuite.GM, SigningSuite.INTL);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void signature_verifiesUnderItsKeyAndMessageOnly(SigningSuite suite) {
    // given
    var keys = suite.generate(RANDOM);
    byte[] publicKey = keys.getPublic().getEncoded();
    // when
    byte[] signature = suite.sign(keys.getPrivate(), MESSAGE, RANDOM);
    // then
    assertThat(suite.accepts(publicKey)).isTrue();
    assertThat(suite.verify(publicKey, MESSAGE, signature)).isTrue();
    assertThat(suite.verify(publicKey, new byte[0], signature)).isFalse();
    byte[] other = suite.generate(RANDOM).getPublic().getEncoded();
    assertThat(suite.verify(other, MESSAGE, signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void anyFlippedBit_andAnyNoise_isFalseAndNeverThrows(SigningSuite suite) {
    // given
    var keys = suite.generate(RANDOM);
    byte[] publicKey = keys.getPublic().getEncoded();
    byte[] signature = suite.sign(keys.getPrivate(), MESSAGE, RANDOM);
    long seed = 20260101;
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] broken = signature.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      // when / then
      assertThat(suite.verify(publicKey, MESSAGE, broken)).as("seed %d", seed).isFalse();
      assertThat(suite.verify(publicKey, MESSAGE, noise)).as("seed %d", seed).isFalse();
      assertThat(suite.verify(noise, MESSAGE, signature)).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void keyOfTheOtherSuite_isNotAccepted() {
    byte[] gm = SigningSuite.GM.generate(RANDOM).getPublic().getEncoded();
    byte[] intl = SigningSuite.INTL.generate(RANDOM).getPublic().getEncoded();
    assertThat(SigningSuite.INTL.accepts(gm)).isFalse();
    assertThat(SigningSuite.GM.accepts(intl)).isFalse();
  }

  @Test
  void suiteOfAnotherName_isAProblem() {
    assertThatThrownBy(() -> SigningSuite.named("none")).isInstanceOf(ProblemException.class);
  }

  @Test
  void gm_verifiesTheExampleOfGbT32918Part5() {
    // given: annex A, curve sm2p256v1, message "message digest", user id 1234567812345678
    byte[] publicKey =
        HexFormat.of()
            .parseHex(
                "3059301306072a8648ce3d020106082a811ccf5501822d03420004"
                    + "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                    + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    byte[] signature =
        der(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    // when / then
    assertThat(
            SigningSuite.GM.verify(
                publicKey, "message digest".getBytes(StandardCharsets.US_ASCII), signature))
        .isTrue();
  }

  @Test
  void sm3_followsOpensslsVectors() throws IOException {
    // given
    var file = data("sm-vectors", "evpmd_sm3.txt");
    List<String> lines = Files.readAllLines(file);
    int checked = 0;
    for (int i = 0; i + 2 < lines.size(); i++) {
      if (lines.get(i).equals("Digest = SM3") && !lines.get(i + 1).contains("\"")) {
        byte[] input = hex(lines.get(i + 1));
        // when / then
        assertThat(SigningSuite.GM.digest(input)).isEqualTo(hex(lines.get(i + 2)));
        checked++;
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(3);
  }

  @Test
  void ed25519_followsWycheproof() throws IOException {
    // given
    var json = new ObjectMapper().readTree(data("wycheproof", "ed25519_test.json").toFile());
    int checked = 0;
    for (var group : json.get("testGroups")) {
      byte[] key = HexFormat.of().parseHex(group.get("publicKeyDer").textValue());
      for (var test : group.get("tests")) {
        byte[] message = HexFormat.of().parseHex(test.get("msg").textValue());
        byte[] signature = HexFormat.of().parseHex(test.get("sig").textValue());
        // when / then
        assertThat(SigningSuite.INTL.verify(key, message, signature))
            .as("case %s", test.get("tcId"))
            .isEqualTo(test.get("result").textValue().equals("valid"));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(json.get("numberOfTests").intValue());
  }

  private static byte[] der(String r, String s) {
    try {
      var integers =
          new ASN1Integer[] {
            new ASN1Integer(new BigInteger(r, 16)), new ASN1Integer(new BigInteger(s, 16))
          };
      return new DERSequence(integers).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hex(String line) {
    String text = line.substring(line.indexOf('=') + 1).strip();
    return text.isEmpty() ? new byte[0] : HexFormat.of().parseHex(text);
  }

  private static Path data(String... parts) {
    var file =
        Arrays.stream(parts)
            .reduce(Path.of(System.getProperty("weir.data", "")), Path::resolve, (a, b) -> b);
    assumeTrue(Files.exists(file), "vectors are not here: " + String.join("/", parts));
    return file;
  }
}
