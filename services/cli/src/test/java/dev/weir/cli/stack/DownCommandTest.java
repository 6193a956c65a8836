package dev.weir.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.embedded.FileLocks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DownCommandTest {
  private static final String ROOT = "weir.root";

  @TempDir Path root;
  private String before = "";

  @BeforeEach
  void inADirectoryOfItsOwn() throws IOException {
    before = System.getProperty(ROOT, "");
    System.setProperty(ROOT, root.toString());
    for (StackState state : new StackState[] {StackState.lasting(), StackState.demo()}) {
      Files.createDirectories(state.directory());
      Files.writeString(state.directory().resolve("kept"), "records and keys");
    }
  }

  @AfterEach
  void back() {
    if (before.isEmpty()) {
      System.clearProperty(ROOT);
    } else {
      System.setProperty(ROOT, before);
    }
  }

  @Test
  void forget_leavesNeitherTheStacksDataNorTheDemos() {
    assertThat(new CommandLine(new DownCommand()).execute("--forget")).isZero();
    assertThat(StackState.lasting().directory()).doesNotExist();
    assertThat(StackState.demo().directory()).doesNotExist();
  }

  @Test
  void demoThatPlays_keepsItsPartsAndItsData() {
    var state = StackState.demo();
    try (var playing = FileLocks.tryHold(state.playing()).orElseThrow()) {
      var said = new StringWriter();
      var command = new CommandLine(new DownCommand()).setErr(new PrintWriter(said));
      assertThat(command.execute("--forget")).isNotZero();
      assertThat(said.toString()).contains("a demo is playing");
    }
    assertThat(state.directory().resolve("kept")).exists();
    assertThat(StackState.lasting().directory()).doesNotExist();
  }

  @Test
  void withoutIt_theDataStays() {
    assertThat(new CommandLine(new DownCommand()).execute()).isZero();
    assertThat(StackState.demo().directory().resolve("kept")).exists();
    assertThat(StackState.lasting().directory().resolve("kept")).exists();
  }
}
