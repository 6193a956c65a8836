package dev.weir.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartyKeyTest {
  private static final byte[] MESSAGE = "terms".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"gm", "intl"})
  void key_whenReadAgain_signsWhatItsPublicHalfVerifies(String suite) throws IOException {
    // given
    Path file = directory.resolve("party.pem");
    var made =
        PartyKey.generate(SigningSuite.named(suite), file, Secret.of("a passphrase"), random);
    // when
    var read = PartyKey.read(file, Secret.of("a passphrase"));
    // then
    assertThat(read.suite()).isEqualTo(suite);
    assertThat(read.keyId()).isEqualTo(made.keyId()).hasSize(32);
    byte[] signature = Base64.getDecoder().decode(read.sign(MESSAGE));
    byte[] publicKey = Base64.getDecoder().decode(made.publicKey());
    assertThat(SigningSuite.named(suite).verify(publicKey, MESSAGE, signature)).isTrue();
  }

  @Test
  void key_withAnotherPassphrase_isNotOpened() throws IOException {
    // given
    Path file = directory.resolve("party.pem");
    PartyKey.generate(SigningSuite.GM, file, Secret.of("a passphrase"), random);
    // then
    assertThatThrownBy(() -> PartyKey.read(file, Secret.of("another")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void key_isNeverOverwritten() throws IOException {
    // given
    Path file = directory.resolve("party.pem");
    PartyKey.generate(SigningSuite.GM, file, Secret.of("a passphrase"), random);
    // then
    assertThatThrownBy(() -> PartyKey.generate(SigningSuite.GM, file, Secret.of("b"), random))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
