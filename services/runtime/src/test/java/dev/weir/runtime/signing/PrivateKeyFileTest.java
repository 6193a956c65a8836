package dev.weir.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.runtime.secret.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateKeyFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  @TempDir Path directory;

  static Stream<SigningSuite> suites() {
    return Stream.of(SigningSuite.GM, SigningSuite.INTL);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void key_writtenAndReadAgain_signsForTheSamePublicKey(SigningSuite suite) throws IOException {
    // given
    var keys = suite.generate(RANDOM);
    var file = directory.resolve("key.pem");
    PrivateKeyFile.write(file, keys.getPrivate(), Secret.of("a passphrase"), RANDOM);
    // when
    var key = PrivateKeyFile.read(file, Secret.of("a passphrase"));
    // then
    byte[] message = {1, 2, 3};
    byte[] signature = suite.sign(key, message, RANDOM);
    assertThat(suite.verify(keys.getPublic().getEncoded(), message, signature)).isTrue();
    assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void wrongPassphrase_brokenFileAndNoKey_failAlike() throws IOException {
    // given
    var keys = SigningSuite.INTL.generate(RANDOM);
    var file = directory.resolve("key.pem");
    PrivateKeyFile.write(file, keys.getPrivate(), Secret.of("right"), RANDOM);
    var other = Files.writeString(directory.resolve("other.pem"), "not a key\n");
    // when / then
    assertThatThrownBy(() -> PrivateKeyFile.read(file, Secret.of("wrong")))
        .isInstanceOf(IOException.class)
        .hasMessage("the key file cannot be opened");
    assertThatThrownBy(() -> PrivateKeyFile.read(other, Secret.of("right")))
        .isInstanceOf(IOException.class)
        .hasMessage("the key file cannot be opened");
  }

  @Test
  void existingFile_isNeverOverwritten() throws IOException {
    // given
    var keys = SigningSuite.INTL.generate(RANDOM);
    var file = Files.writeString(directory.resolve("key.pem"), "precious");
    // when / then
    assertThatThrownBy(
            () -> PrivateKeyFile.write(file, keys.getPrivate(), Secret.of("pass"), RANDOM))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void secret_neverShowsItself() {
    // given
    var secret = Secret.of("canary-7f3a");
    // when / then
    assertThat(secret.toString()).doesNotContain("canary").isEqualTo("Secret[11 characters]");
    assertThat(secret).isEqualTo(Secret.of("canary-7f3a")).isNotEqualTo(Secret.of("canary-7f3b"));
  }
}
