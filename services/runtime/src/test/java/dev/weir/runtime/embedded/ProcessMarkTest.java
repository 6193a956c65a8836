package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessMarkTest {

  @Test
  void aProcessThatNobodyReaped_countsAsEnded() throws Exception {
    // given: a shell whose child ends and is never waited for
    Process shell = new ProcessBuilder("bash", "-c", "sleep 0 & echo $!; exec sleep 60").start();
    long pid;
    try (var reader = shell.inputReader(StandardCharsets.UTF_8)) {
      pid = Long.parseLong(reader.readLine());
      // when
      var child = ProcessHandle.of(pid);
      // then
      assertThat(child.isEmpty() || ProcessMark.ended(child.get(), Duration.ofSeconds(10)))
          .isTrue();
    } finally {
      shell.destroyForcibly();
    }
  }
}
