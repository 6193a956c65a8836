package dev.weir.query.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbRecordStoreTest extends RecordStoreContract {
  @TempDir private Path directory;

  @Override
  RecordDatabase openDatabase() {
    return DuckDbDatabase.open(directory, 256, 1);
  }

  @Override
  RecordStore openStore(RecordDatabase database) {
    return JdbcRecordStore.onDuckDb(database);
  }

  @Test
  void open_reachesNothingOutsideAndTakesNoNewSettings() throws Exception {
    var other = Files.createTempDirectory(directory, "other");
    try (var database = DuckDbDatabase.open(other, 128, 1);
        var connection = database.open();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT * FROM read_csv('/etc/hostname')"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("SET memory_limit = '9GB'"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("INSTALL httpfs"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void open_whenTheFileIsDamaged_startsAnEmptyOne() throws Exception {
    var other = Files.createTempDirectory(directory, "damaged");
    Files.writeString(other.resolve("records.duckdb"), "not a database");
    try (var store = JdbcRecordStore.onDuckDb(DuckDbDatabase.open(other, 128, 1))) {
      org.assertj.core.api.Assertions.assertThat(store.alive()).isTrue();
    }
  }
}
