package dev.weir.query.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.query.plan.render.EngineTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every record store keeps, whatever the engine. */
abstract class RecordStoreContract {
  private static final RecordSchema SCHEMA =
      new RecordSchema(
          List.of(
              column("flag", ColumnType.BOOLEAN, 0),
              column("n", ColumnType.INTEGER, 0),
              column("price", ColumnType.DECIMAL, 2),
              column("ratio", ColumnType.DOUBLE, 0),
              column("区县", ColumnType.STRING, 0),
              column("day", ColumnType.DATE, 0),
              column("at", ColumnType.TIMESTAMP, 0)));

  private final ResourceId resource = ResourceId.random();
  private RecordDatabase database;
  private RecordStore store;

  abstract RecordDatabase openDatabase() throws Exception;

  abstract RecordStore openStore(RecordDatabase database);

  @BeforeEach
  void open() throws Exception {
    database = openDatabase();
    store = openStore(database);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void complete_whenAllRecordsAreThere_showsTheVersion() throws SQLException {
    var version = new DataVersion(resource, 1, SCHEMA, 2);
    store.begin(version, List.of(10L, 20L));
    store.append(version, List.of(full(0), empty(1)), List.of(11L, 21L));
    assertThat(store.newest(resource)).isEmpty();

    store.complete(version);

    assertThat(store.newest(resource)).contains(version);
    assertThat(
            text(
                "SELECT CAST("
                    + c("price")
                    + " AS VARCHAR(20)) FROM "
                    + version.tableName()
                    + " WHERE "
                    + c("n")
                    + " = 7"))
        .isEqualTo("-1234");
    assertThat(
            text(
                "SELECT "
                    + c("区县")
                    + " FROM "
                    + version.tableName()
                    + " WHERE "
                    + c("day")
                    + " = DATE '2001-02-03'"))
        .isEqualTo("a\tb\\N\n堰");
    assertThat(
            text(
                "SELECT CAST("
                    + c("at")
                    + " AS VARCHAR(40)) FROM "
                    + version.tableName()
                    + " WHERE "
                    + c("flag")
                    + ""))
        .startsWith("1969-12-31 23:59:59.5");
    assertThat(
            text(
                "SELECT CAST(COUNT(*) AS VARCHAR(9)) FROM "
                    + version.tableName()
                    + " WHERE "
                    + c("n")
                    + " IS NULL"))
        .isEqualTo("1");
  }

  @Test
  void begin_afterALoadBrokeOff_continuesBehindTheLastBatch() {
    var version = new DataVersion(resource, 1, SCHEMA, 2);
    store.begin(version, List.of(0L, 0L));
    store.append(version, List.of(full(0)), List.of(5L, 7L));

    assertThat(store.begin(version, List.of(0L, 0L))).containsExactly(5L, 7L);
    store.append(version, List.of(full(1)), List.of(9L, 9L));
    store.complete(version);

    assertThat(store.newest(resource)).contains(version);
  }

  @Test
  void append_whenABatchFails_keepsNeitherItsRecordsNorItsOffsets() throws SQLException {
    var version = new DataVersion(resource, 1, SCHEMA, 2);
    store.begin(version, List.of(0L));
    store.append(version, List.of(full(0)), List.of(1L));
    var broken =
        new StoredRecord(
            id(1), Arrays.<@Nullable Object>asList(true, "not a number", 1L, 1.0, "x", 1L, 1L));

    assertThatThrownBy(() -> store.append(version, List.of(full(1), broken), List.of(3L)))
        .isInstanceOf(RuntimeException.class);

    assertThat(store.begin(version, List.of(0L))).containsExactly(1L);
    assertThat(text("SELECT CAST(COUNT(*) AS VARCHAR(9)) FROM " + version.tableName()))
        .isEqualTo("1");
  }

  @Test
  void complete_whenARecordIsMissing_dropsTheVersionSoThatItIsLoadedAgain() {
    var version = new DataVersion(resource, 1, SCHEMA, 2);
    store.begin(version, List.of(0L));
    store.append(version, List.of(full(0)), List.of(1L));

    assertThatThrownBy(() -> store.complete(version)).isInstanceOf(IllegalStateException.class);

    assertThat(store.newest(resource)).isEmpty();
    assertThat(store.begin(version, List.of(0L))).containsExactly(0L);
  }

  @Test
  void begin_whenTheColumnsChanged_startsANewTable() throws SQLException {
    var version = new DataVersion(resource, 1, SCHEMA, 1);
    store.begin(version, List.of(0L));
    store.append(version, List.of(full(0)), List.of(1L));
    store.complete(version);
    var narrower =
        new DataVersion(
            resource, 2, new RecordSchema(List.of(column("n", ColumnType.INTEGER, 0))), 1);

    store.begin(narrower, List.of(1L));
    store.append(narrower, List.of(new StoredRecord(id(0), List.of(9L))), List.of(2L));
    store.complete(narrower);

    assertThat(store.newest(resource)).contains(narrower);
    assertThat(store.version(resource, 1)).isEmpty();
    assertThat(text("SELECT CAST(SUM(" + c("n") + ") AS VARCHAR(9)) FROM " + narrower.tableName()))
        .isEqualTo("9");
  }

  @Test
  void dropBefore_forgetsOlderVersionsOnly() {
    for (long number = 1; number <= 3; number++) {
      var version = new DataVersion(resource, number, SCHEMA, 1);
      store.begin(version, List.of(0L));
      store.append(version, List.of(full(0)), List.of(1L));
      store.complete(version);
    }

    store.dropBefore(new DataVersion(resource, 3, SCHEMA, 1));

    assertThat(store.version(resource, 1)).isEmpty();
    assertThat(store.version(resource, 2)).isEmpty();
    assertThat(store.newest(resource).map(DataVersion::number)).contains(3L);
    assertThat(store.alive()).isTrue();
  }

  private static String c(String name) {
    return '"' + EngineTables.column(name) + '"';
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = database.open();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static StoredRecord full(int ordinal) {
    return new StoredRecord(
        id(ordinal),
        Arrays.<@Nullable Object>asList(true, 7L, -1234L, 0.5, "a\tb\\N\n堰", 11356L, -500_000L));
  }

  private static StoredRecord empty(int ordinal) {
    return new StoredRecord(
        id(ordinal), Arrays.<@Nullable Object>asList(null, null, null, null, null, null, null));
  }

  private static String id(int ordinal) {
    return "%032x".formatted(ordinal);
  }

  private static Column column(String name, ColumnType type, int scale) {
    return new Column(name, type, scale, true, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");
  }
}
