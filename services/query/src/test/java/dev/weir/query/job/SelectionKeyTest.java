package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionKeyTest {
  @TempDir private Path directory;

  @Test
  void in_makesTheKeyOnceForItsOwnerOnly() throws Exception {
    var first = SelectionKey.in(directory, new SecureRandom());
    var again = SelectionKey.in(directory, new SecureRandom());

    assertThat(again.reveal()).isEqualTo(first.reveal()).hasSize(64);
    assertThat(Files.getPosixFilePermissions(directory.resolve("selection.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(first.toString()).doesNotContain(first.reveal());
  }

  @Test
  void in_withADamagedKey_refusesRatherThanChoosingOtherRows() throws Exception {
    Files.writeString(directory.resolve("selection.key"), "short");

    assertThatThrownBy(() -> SelectionKey.in(directory, new SecureRandom()))
        .isInstanceOf(IllegalStateException.class);
  }
}
