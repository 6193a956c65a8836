package dev.weir.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path parent;

  @Test
  void closing_removesEverything() throws Exception {
    // given
    var scratch = Scratch.below(parent);
    Files.createDirectories(scratch.path().resolve("a/b"));
    Files.writeString(scratch.path().resolve("a/b/file"), "x");
    // when
    scratch.close();
    // then
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void opening_removesWhatADeadProcessLeft_andNothingOfALivingOne() throws Exception {
    // given
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    var left = Files.createDirectories(parent.resolve("bench-" + dead.pid() + "-1"));
    var other = Files.createDirectory(parent.resolve("bench.d"));
    // when
    try (var first = Scratch.below(parent);
        var second = Scratch.below(parent)) {
      // then
      assertThat(left).doesNotExist();
      assertThat(other).exists();
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
  }
}
