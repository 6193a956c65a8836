package dev.weir.query.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbRecordStoreTest extends RecordStoreContract {
  private static final int RECORDS = 200_000;
  private static final long START_KEPT_BYTES = 1_000_000;
  private static final long END_KEPT_BYTES = 2_000_000;
  private static final RecordSchema SCHEMA =
      new RecordSchema(
          List.of(
              new Column(
                  "t",
                  ColumnType.STRING,
                  0,
                  true,
                  ColumnRole.ORDINARY,
                  LegalClass.GENERAL,
                  1,
                  "")));

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
      assertThat(store.alive()).isTrue();
    }
  }

  /** A block goes bad while the engine is open; what is asked of it then fails for good. */
  @Test
  void mend_whenRecordsCannotBeReadAnyMore_startsEmptyAndTakesThemAgain() throws Exception {
    var other = Files.createTempDirectory(directory, "rotten");
    var version = new DataVersion(ResourceId.random(), 1, SCHEMA, RECORDS);
    try (var store = JdbcRecordStore.onDuckDb(DuckDbDatabase.open(other, 128, 1))) {
      load(store, version);
    }
    damageBlocks(other.resolve("records.duckdb"));
    var database = DuckDbDatabase.open(other, 128, 1);
    try (var store = JdbcRecordStore.onDuckDb(database)) {
      // The control: it answers, and is not looked at before something fails.
      assertThat(store.alive()).isTrue();
      assertThat(store.mend()).isFalse();
      assertThatThrownBy(() -> lengths(database, version)).isInstanceOf(SQLException.class);
      database.suspect();

      assertThat(store.mend()).isTrue();

      assertThat(store.newest(version.resourceId())).isEmpty();
      load(store, version);
      assertThat(store.newest(version.resourceId())).contains(version);
      assertThat(lengths(database, version)).isEqualTo(32L * RECORDS);
      assertThat(store.mend()).as("in order again").isFalse();
    }
    try (var store = JdbcRecordStore.onDuckDb(DuckDbDatabase.open(other, 128, 1))) {
      assertThat(store.newest(version.resourceId())).as("the new file is kept").contains(version);
    }
  }

  @Test
  void mend_whenAStatementFailedButEverythingCanBeRead_keepsTheRecords() throws Exception {
    var other = Files.createTempDirectory(directory, "sound");
    var version = new DataVersion(ResourceId.random(), 1, SCHEMA, RECORDS);
    var database = DuckDbDatabase.open(other, 128, 1);
    try (var store = JdbcRecordStore.onDuckDb(database)) {
      load(store, version);
      database.suspect();
      assertThat(store.mend()).isFalse();
      assertThat(database.suspected()).isFalse();
      assertThat(store.newest(version.resourceId())).contains(version);
    }
  }

  private static void load(RecordStore store, DataVersion version) {
    store.begin(version, List.of(0L));
    var random = new Random(7);
    var records =
        IntStream.range(0, RECORDS)
            .mapToObj(i ->
                new StoredRecord(
                    "%032x".formatted(i),
                    List.of("%016x%016x".formatted(random.nextLong(), random.nextLong()))))
            .toList();
    store.append(version, records, List.of((long) RECORDS));
    store.complete(version);
  }

  private static void damageBlocks(Path file) throws IOException {
    var noise = new byte[4_096];
    new Random(1).nextBytes(noise);
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      long end = open.length() - END_KEPT_BYTES;
      assertThat(end).as("there are blocks of records").isGreaterThan(START_KEPT_BYTES);
      for (long at = START_KEPT_BYTES; at < end; at += 65_536) {
        open.seek(at);
        open.write(noise);
      }
    }
  }

  private static long lengths(RecordDatabase database, DataVersion version) throws SQLException {
    try (var connection = database.open();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT sum(length(c_t)) FROM " + version.tableName())) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
