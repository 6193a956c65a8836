package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.HeParameters;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.query.he.client.BuilderKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs say to files and sets that are not what they take. */
class HeFilesTest {
  @TempDir private Path directory;

  @Test
  void filesThatHoldNothing_areRefusedInTheLanguageAskedFor() throws IOException {
    Path key = directory.resolve("own.key");
    try (var own = BuilderKey.generate(HeParameters.CELLS_4096, new SecureRandom())) {
      own.write(key);
    }
    for (String nothing : new String[] {"null", "[]", "", "{"}) {
      String file = file(nothing).toString();
      refused(
          Map.of(Language.ZH, "没有可用的同态密钥", Language.EN, "there is no usable encryption key in"),
          "he",
          "decrypt",
          "--he-key",
          file,
          file);
      refused(
          Map.of(Language.ZH, "文件中没有已存的答复", Language.EN, "there is no saved reply in"),
          "he",
          "decrypt",
          "--he-key",
          key.toString(),
          file);
      refused(
          Map.of(Language.ZH, "不是可用的求和任务", Language.EN, "this is no sum that can be used"),
          "he",
          "sum",
          "task",
          file);
    }
  }

  @Test
  void keyOfASetThatNoVerbTakes_isNotMade() {
    for (String set : new String[] {"cells-8192-v1", "records-8192-v1", "tiny"}) {
      Path file = directory.resolve(set + ".key");
      refused(
          Map.of(Language.ZH, "weir he sum keygen", Language.EN, "cells-4096-v1, lookup-4096-v1"),
          "he",
          "keygen",
          "--set",
          set,
          file.toString());
      assertThat(file).doesNotExist();
    }
  }

  private static void refused(Map<Language, String> said, String... arguments) {
    said.forEach((language, text) -> {
      var err = new StringWriter();
      var command =
          Optional.ofNullable(EveryVerbTest.COMMANDS.get(language))
              .orElseThrow()
              .setErr(new PrintWriter(err));
      assertThat(command.execute(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(err.toString()).contains(text).hasLineCount(1);
    });
  }

  private Path file(String content) throws IOException {
    Path file = directory.resolve("file.json");
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
