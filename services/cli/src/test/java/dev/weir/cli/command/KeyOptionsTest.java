package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyOptionsTest {
  @TempDir private Path directory;

  /** No console is here to ask: whoever asked first would say that instead. */
  @Test
  void keyThatIsNotThere_isNoticedBeforeThePassphraseIsAskedFor() {
    var file = directory.resolve("none.pem");
    var options = CommandLine.populateCommand(new KeyOptions(), "--key", file.toString());
    assertThatThrownBy(options::read)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file.toString());
  }
}
