package dev.weir.query.sum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.CreditCode;
import dev.weir.runtime.signing.SigningSuite;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that was prepared beforehand answers as the party itself does. */
class PartyKeysTest {
  private static final byte[] MESSAGE = "an input".getBytes(StandardCharsets.UTF_8);
  private static final long SEED = 20_261_122;

  private final SecureRandom random = new SecureRandom();
  private final PartyKeys keys = new PartyKeys();

  static Stream<SigningSuite> suites() {
    return Stream.of(SigningSuite.GM, SigningSuite.INTL);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void signatures_goodBrokenAndOfOthers_areJudgedAsByTheParty(SigningSuite suite) {
    // given
    var pair = suite.generate(random);
    var party = party(suite, pair.getPublic().getEncoded());
    var other = party(suite, suite.generate(random).getPublic().getEncoded());
    byte[] signature = suite.sign(pair.getPrivate(), MESSAGE, random);
    String good = base64(signature);
    // when / then
    assertThat(keys.signed(party, MESSAGE, good)).isTrue();
    assertThat(keys.signed(party, MESSAGE, good)).isEqualTo(party.signed(MESSAGE, good));
    assertThat(keys.signed(other, MESSAGE, good)).isFalse();
    assertThat(keys.signed(party, new byte[0], good)).isFalse();
    assertThat(keys.signed(party, MESSAGE, "no base64!")).isFalse();
    assertThat(keys.signed(party, MESSAGE, "")).isFalse();
    var bits = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      byte[] broken = signature.clone();
      broken[bits.nextInt(broken.length)] ^= (byte) (1 << bits.nextInt(Byte.SIZE));
      assertThat(keys.signed(party, MESSAGE, base64(broken))).as("seed %d", SEED).isFalse();
    }
  }

  private static SumParty party(SigningSuite suite, byte[] publicKey) {
    String body = "91330100000000000";
    var code = CreditCode.of(body + CreditCode.checkCharacter(body));
    return new SumParty(code, suite.name(), base64(publicKey));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
