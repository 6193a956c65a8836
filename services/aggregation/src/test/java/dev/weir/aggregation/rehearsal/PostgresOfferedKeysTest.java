package dev.weir.aggregation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.hpke.HpkeKeyFiles;
import dev.weir.aggregation.hpke.PostgresOfferedKeys;
import dev.weir.dap.DapRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that could not open what clients were told to seal does not start. */
class PostgresOfferedKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path root;

  @Test
  void instanceWithOtherKeys_doesNotStart() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER)) {
      var offered = new PostgresOfferedKeys(database, InstantSource.system());
      var own = root.resolve("own");
      assertThat(read(own, offered)).containsExactly(1);
      assertThat(read(own, offered)).as("started again").containsExactly(1);

      var lost = root.resolve("lost");
      assertThatThrownBy(() -> read(lost, offered))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("1.hpke is missing");
      assertThat(lost).as("no key was made up").isEmptyDirectory();
      write(lost, 1);
      assertThatThrownBy(() -> read(lost, offered)).hasMessageContaining("is not the key 1");
      Files.move(lost.resolve("1.hpke"), lost.resolve("2.hpke"));
      assertThat(read(lost, offered)).as("lost for good, replaced").containsExactly(2);

      assertThatThrownBy(() -> read(own, offered))
          .as("an instance that was not given the new one")
          .hasMessageContaining("2.hpke is missing");
      Files.copy(lost.resolve("2.hpke"), own.resolve("2.hpke"));
      assertThat(read(own, offered)).containsExactly(1, 2);
    }
  }

  private static Set<Integer> read(Path directory, PostgresOfferedKeys offered) {
    return HpkeKeyFiles.read(directory, RANDOM, offered).keySet();
  }

  private static void write(Path directory, int id) throws IOException {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    Files.writeString(directory.resolve(id + ".hpke"), java.util.HexFormat.of().formatHex(key));
  }
}
