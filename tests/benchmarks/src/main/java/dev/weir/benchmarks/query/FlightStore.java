package dev.weir.benchmarks.query;

import dev.weir.cli.demo.PublicDataset;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.record.DataVersion;
import dev.weir.query.record.JdbcRecordStore;
import dev.weir.query.record.StoredRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads the public files and loads them as the query service would load them from their topics. */
final class FlightStore implements AutoCloseable {
  private static final int BATCH = 100_000;
  private static final List<Long> OFFSETS = List.of(0L);

  private final Connection reader;
  private final String flights;
  private final String airports;

  FlightStore(Path cache) throws SQLException {
    flights = "read_parquet('" + PublicDataset.FLIGHTS.obtain(cache) + "')";
    airports = "read_csv('" + PublicDataset.AIRPORTS.obtain(cache) + "', all_varchar = true)";
    var settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("memory_limit", "512MB");
    reader = DriverManager.getConnection("jdbc:duckdb:", settings);
  }

  List<String> codes() throws SQLException {
    return texts("SELECT DISTINCT iata FROM " + airports + " ORDER BY 1");
  }

  List<String> states() throws SQLException {
    return texts("SELECT DISTINCT state FROM " + airports + " WHERE state <> '' ORDER BY 1");
  }

  /** Loads version 1 of both resources, at most {@code limit} flights. */
  void load(JdbcRecordStore store, ProductTerms flightTerms, ProductTerms airportTerms, int limit)
      throws SQLException {
    load(
        store,
        flightTerms,
        "SELECT date_trunc('month', \"date\")::DATE - DATE '1970-01-01', delay, distance, origin"
            + " FROM "
            + flights
            + " LIMIT "
            + limit);
    load(store, airportTerms, "SELECT iata, state FROM " + airports);
  }

  private void load(JdbcRecordStore store, ProductTerms product, String select)
      throws SQLException {
    ResourceId resource = product.resourceId();
    var schema = new RecordSchema(product.columns().stream().map(ProductColumn::column).toList());
    var version = new DataVersion(resource, 1, schema, count(select));
    store.begin(version, OFFSETS);
    try (var statement = reader.createStatement();
        var rows = statement.executeQuery(select)) {
      var batch = new ArrayList<StoredRecord>(BATCH);
      for (long number = 0; rows.next(); number++) {
        batch.add(new StoredRecord("%032x".formatted(number), values(rows, schema)));
        if (batch.size() == BATCH) {
          store.append(version, batch, OFFSETS);
          batch.clear();
        }
      }
      store.append(version, batch, OFFSETS);
    }
    store.complete(version);
  }

  private static List<@Nullable Object> values(ResultSet rows, RecordSchema schema)
      throws SQLException {
    var values = new ArrayList<@Nullable Object>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Object value = rows.getObject(i + 1);
      values.add(value instanceof Number number ? (Object) number.longValue() : value);
    }
    return values;
  }

  private long count(String select) throws SQLException {
    try (var statement = reader.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM (" + select + ")")) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<String> texts(String select) throws SQLException {
    try (var statement = reader.createStatement();
        var rows = statement.executeQuery(select)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  @Override
  public void close() throws SQLException {
    reader.close();
  }
}
