package dev.weir.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.embedded.FileLocks;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.ProcessMark;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPartsTest {
  @TempDir Path directory;

  @Test
  void ports_afterARestart_areTheSame() {
    var first = StackPorts.chooseFor(directory);
    var second = StackPorts.chooseFor(directory);
    assertThat(second).isEqualTo(first);
    assertThat(first.byName().values()).doesNotHaveDuplicates();
  }

  @Test
  void ports_whenOneWasTaken_areChosenAgain() throws Exception {
    // given
    int before = StackPorts.chooseFor(directory).port(StackPorts.KAFKA);
    // when
    StackPorts after;
    try (var taken = new ServerSocket(before, 1, InetAddress.getByName(LoopbackPorts.HOST))) {
      after = StackPorts.chooseFor(directory);
      // then
      assertThat(after.port(StackPorts.KAFKA)).isNotEqualTo(taken.getLocalPort());
    }
    assertThat(after.port(StackPorts.POSTGRES))
        .isEqualTo(StackPorts.read(directory).port(StackPorts.POSTGRES));
  }

  @Test
  void ports_whenTheFileIsHalfWritten_areChosenAgain() throws Exception {
    Files.writeString(directory.resolve("ports.json"), "{\"kafka\":");
    assertThat(StackPorts.chooseFor(directory).byName()).containsKey(StackPorts.KAFKA);
  }

  @Test
  void mark_ofAProcessNumberThatWasRecycled_stopsNobody() throws Exception {
    // given
    Process foreign = new ProcessBuilder("sleep", "60").start();
    var real = ProcessMark.of(foreign.toHandle());
    var former = new ProcessMark(real.pid(), real.startedAtMillis() - 60_000);
    // when
    former.stop(Duration.ofSeconds(1));
    // then
    assertThat(former.alive()).isFalse();
    assertThat(foreign.isAlive()).isTrue();
    real.stop(Duration.ofSeconds(5));
    // A process that ended counts as alive in Java until its own reaper has asked for it.
    assertThat(foreign.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void lock_whileHeld_isNotGivenAgain() {
    Path file = directory.resolve("up.lock");
    try (var held = FileLocks.tryHold(file).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(FileLocks.tryHold(file)).isEmpty();
    }
    FileLocks.tryHold(file).orElseThrow().close();
  }

  @Test
  void stateWithoutItsSeededMark_isEmptiedButKeepsPortsAndLogs() throws Exception {
    // given
    var state = new StackState(directory, directory.resolve("state"));
    StackPorts.chooseFor(state.directory());
    Files.createDirectories(state.logs());
    Files.createDirectories(state.directory().resolve("postgres").resolve("base"));
    // when
    StackMending.wipe(state);
    // then
    assertThat(state.directory().resolve("postgres")).doesNotExist();
    assertThat(state.logs()).exists();
    assertThat(state.directory().resolve("ports.json")).exists();
  }
}
