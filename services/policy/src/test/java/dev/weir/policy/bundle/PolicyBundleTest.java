package dev.weir.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBundleTest {
  private static final Path SOURCE =
      Path.of(System.getProperty("weir.root", "../.."), "compliance/bundle");

  @TempDir Path directory;

  @Test
  @Control("USE-01")
  void load_fromClassPath_verifiesAndNamesAVersionWithItsDigest() {
    assertThat(PolicyBundle.load().version()).matches("\\d{4}\\.\\d+\\.\\d+\\+[0-9a-f]{12}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundle.json", "operations.json", "enforcement.json", "MANIFEST.sha256"})
  @Control("USE-01")
  void load_whenAnyOneByteChanged_isRefused(String name) throws IOException {
    // given
    copy();
    byte[] original = Files.readAllBytes(directory.resolve(name));
    for (int i = 0; i < original.length; i += 1 + original.length / 50) {
      byte[] changed = original.clone();
      changed[i] ^= 1;
      Files.write(directory.resolve(name), changed);
      // then
      assertThatThrownBy(() -> PolicyBundle.load(directory, BundleKeys.builtIn()))
          .isInstanceOf(UntrustedBundleException.class);
    }
  }

  @Test
  @Control("USE-01")
  void load_whenSignedByAnotherKey_isRefusedUntilThatKeyIsTrusted()
      throws IOException, GeneralSecurityException {
    // given
    copy();
    Path key = directory.resolve("key.pem");
    Path publicKey = directory.resolve("key.pub");
    BundleSigner.newKey(key, publicKey, new SecureRandom());
    // when
    BundleSigner.main(directory.toString(), key.toString(), publicKey.toString());
    // then
    assertThatThrownBy(() -> PolicyBundle.load(directory, BundleKeys.builtIn()))
        .isInstanceOf(UntrustedBundleException.class);
    assertThat(PolicyBundle.load(directory, BundleKeys.read(publicKey)).version()).isNotBlank();
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
  }

  @Test
  void load_whenAFileIsMissing_isRefused() throws IOException {
    copy();
    Files.delete(directory.resolve("operations.json"));
    assertThatThrownBy(() -> PolicyBundle.load(directory, BundleKeys.builtIn()))
        .isInstanceOf(UntrustedBundleException.class);
  }

  @Test
  @Control("IDN-01")
  void everyOperation_hasARow() {
    var bundle = PolicyBundle.load();
    for (Operation operation : Operation.values()) {
      assertThat(bundle.operation(operation)).as(operation.name()).isPresent();
    }
  }

  @Test
  @Control("IDN-02")
  void mayPerform_whenTwoAdministratorsAreInOneHand_isAlwaysFalse() {
    var bundle = PolicyBundle.load();
    var hands =
        Stream.of(
            EnumSet.of(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
            EnumSet.of(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN),
            EnumSet.of(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN),
            EnumSet.of(Role.AUDITOR, Role.AUDIT_ADMIN),
            EnumSet.allOf(Role.class));
    hands.forEach(roles -> {
      for (Operation operation : Operation.values()) {
        assertThat(bundle.mayPerform(operation, roles)).isFalse();
      }
    });
  }

  @Test
  @Control("IDN-02")
  void administrators_touchNoDataAndNoContract() {
    var bundle = PolicyBundle.load();
    var dataWords = Set.of("QUERY", "SOURCE", "INTAKE", "CONTRACT", "ALLOTMENT", "RECEIPT");
    for (Operation operation : Operation.values()) {
      boolean data = dataWords.stream().anyMatch(operation.name()::startsWith);
      for (Role admin : EnumSet.of(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)) {
        assertThat(data && bundle.mayPerform(operation, Set.of(admin)))
            .as("%s %s", operation, admin)
            .isFalse();
      }
    }
  }

  @Test
  @Control("IDN-01")
  void mayPerform_followsTheRow_andNoRoleMeansNo() {
    var bundle = PolicyBundle.load();
    for (Operation operation : Operation.values()) {
      assertThat(bundle.mayPerform(operation, Set.of())).isFalse();
      for (Role role : Role.values()) {
        assertThat(bundle.mayPerform(operation, Set.of(role)))
            .isEqualTo(bundle.operation(operation).orElseThrow().roles().contains(role));
      }
    }
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName().toString()));
      }
    }
  }
}
