package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import dev.weir.cli.WeirCommand;
import dev.weir.cli.stack.StackState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStateTest {
  @TempDir private Path directory;

  @Test
  void whatSomebodyKept_isDeletedOnlyWhenTheySaySo() throws Exception {
    var state = new StackState(directory, Files.createDirectories(directory.resolve("demo")));
    var kept = new KeptState(state);
    kept.requireGone(false);
    kept.keep();
    assertThatThrownBy(() -> kept.requireGone(false))
        .isInstanceOf(CommandFault.class)
        .hasMessageContainingAll("--fresh", "--keep");
    kept.requireGone(true);
  }

  @Test
  void anActThatIsNone_namesTheActsThereAre() {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(WeirCommand.run("demo", "--act", "nope", "--lang", "en")).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("nope", "stack, parties, domain", "audit");
  }
}
