package dev.weir.cli.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of a Parquet file is what a CSV with the same column is. */
class DuckDbColumnTest {
  @TempDir private Path directory;

  @Test
  void column_isReadInItsOrder_inPartsOfOneLength_asFromCsv() throws Exception {
    Path parquet = written("select i * 3 - 7 as \"延误\", i as other from range(10) t(i)");
    Path csv = directory.resolve("same.csv");
    Files.writeString(
        csv,
        "延误,other\n"
            + String.join(
                "\n",
                List.of(
                    "-7,0", "-4,1", "-1,2", "2,3", "5,4", "8,5", "11,6", "14,7", "17,8", "20,9"))
            + "\n");
    var read = Column.read(parquet, "延误", 4, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(read)
        .containsExactlyElementsOf(Column.read(csv, "延误", 4, Long.MIN_VALUE, Long.MAX_VALUE));
    assertThat(read.getLast()).containsExactly(17, 20);
  }

  @Test
  void missingValues_areNoValues() throws Exception {
    Path file = written("select case when i % 2 = 0 then i end as n from range(5) t(i)");
    assertThat(Column.read(file, "n", 10, Long.MIN_VALUE, Long.MAX_VALUE))
        .singleElement()
        .isEqualTo(new long[] {0, 2, 4});
  }

  @Test
  void otherThanWholeNumbers_noSuchColumn_orNoParquet_isRefused_andNoValueIsShown()
      throws Exception {
    Path file = written("select 12345.5 as n, 'hidden' as s from range(1)");
    for (String name : List.of("n", "s", "absent", "n\" from x --")) {
      assertThatThrownBy(() -> Column.read(file, name, 4, Long.MIN_VALUE, Long.MAX_VALUE))
          .isInstanceOf(CommandFault.class)
          .hasMessageNotContaining("12345")
          .hasMessageNotContaining("hidden");
    }
    Path broken = directory.resolve("broken.parquet");
    Files.writeString(broken, "PAR1 is not enough");
    assertThatThrownBy(() -> Column.read(broken, "n", 4, Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOf(CommandFault.class);
  }

  private Path written(String select) throws SQLException, IOException {
    Path file = Files.createTempDirectory(directory, "p").resolve("data.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("copy (" + select + ") to '" + file + "' (format parquet)");
    }
    return file;
  }
}
