package dev.weir.aggregation.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.task.Contributor;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.CreditCode;
import dev.weir.runtime.signing.SigningSuite;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedKeysTest {
  private static final String BODY = "91110000MA0000071";

  private final SecureRandom random = new SecureRandom();
  private final PreparedKeys keys = new PreparedKeys();

  @ParameterizedTest
  @ValueSource(strings = {"intl", "gm"})
  void signed_saysWhatTheContributorItselfSays_everyTime(String suite) {
    var pair = SigningSuite.named(suite).generate(random);
    var contributor = contributor(suite, pair);
    var other = contributor(suite, SigningSuite.named(suite).generate(random));
    var statement = Bytes.copyOf(new byte[80]);
    var signature =
        Bytes.owning(
            SigningSuite.named(suite).sign(pair.getPrivate(), statement.toArray(), random));
    for (int time = 0; time < 3; time++) {
      assertThat(keys.signed(contributor, statement, signature)).isTrue();
      assertThat(contributor.signed(statement, signature)).isTrue();
      assertThat(keys.signed(contributor, Bytes.copyOf(new byte[79]), signature)).isFalse();
      assertThat(keys.signed(contributor, statement, Bytes.EMPTY)).isFalse();
      assertThat(keys.signed(other, statement, signature)).isFalse();
    }
  }

  private static Contributor contributor(String suite, KeyPair pair) {
    return new Contributor(
        new CreditCode(BODY + CreditCode.checkCharacter(BODY)),
        suite,
        Base64Url.encode(Bytes.copyOf(pair.getPublic().getEncoded())));
  }
}
