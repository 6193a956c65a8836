package dev.weir.benchmarks.query;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.query.record.DuckDbDatabase;
import dev.weir.query.record.JdbcRecordStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Answers over the public flights, by kind of question, against plain DuckDB over the same loaded
 * table. What the release adds (ledger transaction, answer slot) is measured by {@code core}.
 */
public final class QueryBenchmark implements Benchmark {
  private static final int ENGINE_MEGABYTES = 1024;
  private static final int ENGINE_THREADS = 2;
  private static final String PLAIN = "plain DuckDB, same table";

  @Override
  public String name() {
    return "query";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    try (var scratch = settings.scratch();
        var database = DuckDbDatabase.open(scratch.path(), ENGINE_MEGABYTES, ENGINE_THREADS);
        var files = new FlightStore(settings.cache())) {
      var noisy = FlightTerms.noisy(files.codes());
      var exact = FlightTerms.exact(files.codes());
      var airports = FlightTerms.airports(files.states());
      try (var store = JdbcRecordStore.onDuckDb(database);
          var protectedFlights = new Answerer(database, List.of(noisy, airports));
          var exactFlights = new Answerer(database, List.of(exact, airports));
          var connection = database.open()) {
        long start = System.nanoTime();
        protectedFlights.plan(Kind.all().getFirst());
        double coldMillis = (System.nanoTime() - start) / 1e6;
        files.load(store, noisy, airports, settings.pick(300_000, 3_000_000));
        for (Kind kind : Kind.all()) {
          var answerer = kind.exact() ? exactFlights : protectedFlights;
          measure(settings, sheet, kind, answerer, connection, coldMillis);
        }
      }
    }
  }

  private static void measure(
      Settings settings,
      Sheet sheet,
      Kind kind,
      Answerer answerer,
      Connection connection,
      double coldMillis)
      throws Exception {
    int warmUps = settings.pick(2, 5);
    int runs = settings.pick(5, 21);
    var plan = answerer.plan(kind);
    var plain = Timings.of(warmUps, runs, () -> plain(connection, kind.plainSql()));
    var planning = Timings.of(warmUps, runs, () -> answerer.plan(kind));
    var engine = Timings.of(warmUps, runs, () -> answerer.run(plan));
    var whole = Timings.of(warmUps, runs, () -> answerer.answer(kind));
    if (kind.equals(Kind.all().getFirst())) {
      sheet.against(
          "first plan of the process",
          coldMillis,
          "ms",
          "the same plan warm",
          planning.medianMillis());
    }
    sheet.against(
        kind.name() + ", answer p50", whole.medianMillis(), "ms", PLAIN, plain.medianMillis());
    sheet.against(
        kind.name() + ", its SQL p50", engine.medianMillis(), "ms", PLAIN, plain.medianMillis());
    sheet.against(
        kind.name() + ", planning p50",
        planning.medianMillis(),
        "ms",
        "its answer p50",
        whole.medianMillis());
  }

  private static int plain(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      int read = 0;
      while (rows.next()) {
        read += rows.getString(1) == null ? 0 : 1;
      }
      return read;
    }
  }
}
