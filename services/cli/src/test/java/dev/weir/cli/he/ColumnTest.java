package dev.weir.cli.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnTest {
  @TempDir private Path directory;

  @Test
  void values_comeInParts_andAnEmptyFieldIsNone() throws IOException {
    var parts = read("day,minutes\n1,5\n2,\n\n3,7\n4,9\n");
    assertThat(parts).hasSize(2);
    assertThat(parts.getFirst()).containsExactly(5, 7);
    assertThat(parts.getLast()).containsExactly(9);
  }

  @Test
  void lineThatIsCutOff_orOutOfBounds_isNamedByItsNumber_andNotShown() {
    assertRefused("day,minutes\n1,5\n2\n", "line 3");
    assertRefused("day,minutes\n1,5\n2,7,8\n", "line 3");
    assertRefused("day,minutes\n1,5\n2,101\n", "line 3");
    assertRefused("day,minutes\n1,5\n2,-1\n", "line 3");
    assertRefused("day,minutes\n1,five\n", "line 2");
  }

  @Test
  void columnWithoutAValue_isNotSent() {
    assertRefused("day,minutes\n", "no value");
    assertRefused("day,minutes\n1,\n", "no value");
    assertRefused("", "names no column");
  }

  private void assertRefused(String csv, String why) {
    assertThatThrownBy(() -> read(csv))
        .isInstanceOf(CommandFault.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("101");
  }

  private List<long[]> read(String csv) throws IOException {
    var file = Files.writeString(directory.resolve("column.csv"), csv);
    return Column.read(file, "minutes", 2, 0, 100);
  }
}
