package dev.weir.query.plan;

import dev.weir.kernel.data.Column;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import dev.weir.privacy.noise.Rational;
import dev.weir.query.plan.answer.NoiseSource;
import dev.weir.query.plan.render.EngineTables;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real engine with products loaded as the record store would load them. */
final class Engine implements AutoCloseable {
  static final String SELECTION_KEY = "0123456789abcdef";
  final Connection connection;
  private final Map<dev.weir.kernel.ResourceId, Long> versions = new java.util.HashMap<>();

  Engine() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads=1");
    execute("SET memory_limit='400MB'");
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * @param select expressions over {@code source}, one per column of the product, as stored
   */
  void load(ProductTerms product, String source, String... select) throws SQLException {
    List<Column> columns = product.columns().stream().map(ProductColumn::column).toList();
    versions.put(product.resourceId(), 1L);
    String table = EngineTables.table(product.resourceId());
    execute(EngineTables.create(product.resourceId(), columns, EngineDialect.DUCKDB));
    execute("DELETE FROM " + table);
    execute(
        "INSERT INTO "
            + table
            + " SELECT encode(CAST(row_number() OVER () AS VARCHAR)), 1, "
            + String.join(", ", select)
            + " FROM "
            + source);
  }

  List<List<RawRow>> run(CheckedPlan plan) throws SQLException {
    var answers = new ArrayList<List<RawRow>>();
    for (EngineStatement statement : plan.statements(EngineDialect.DUCKDB)) {
      answers.add(run(statement));
    }
    return answers;
  }

  List<RawRow> run(EngineStatement statement) throws SQLException {
    try (var prepared = connection.prepareStatement(statement.sql())) {
      JdbcStatements.bind(prepared, statement, new Bindings(versions, SELECTION_KEY));
      try (var result = prepared.executeQuery()) {
        return JdbcStatements.rows(result, statement);
      }
    }
  }

  /** Like {@link #run(EngineStatement)}, row by row. */
  void each(EngineStatement statement, Consumer<RawRow> sink) {
    try (var prepared = connection.prepareStatement(statement.sql())) {
      JdbcStatements.bind(prepared, statement, new Bindings(versions, SELECTION_KEY));
      try (var result = prepared.executeQuery()) {
        while (result.next()) {
          sink.accept(JdbcStatements.row(result, statement));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows of plain SQL as text, for comparison; null is an empty text. */
  List<List<String>> plain(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var rows = new ArrayList<List<String>>();
      while (result.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Adds nothing and draws the closest grid point: for comparisons with plain SQL. */
  static NoiseSource withoutNoise() {
    return new NoiseSource() {
      @Override
      public BigInteger gaussian(Rational variance) {
        return BigInteger.ZERO;
      }

      @Override
      public int exponential(List<BigInteger> distances, Rational rate) {
        return IntStream.range(0, distances.size())
            .boxed()
            .min(Comparator.comparing(distances::get))
            .orElseThrow();
      }
    };
  }

  static String text(dev.weir.query.plan.answer.Answer answer) {
    return answer.rows().stream()
        .map(r -> r.cells().stream().map(Engine::text).collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }

  static String text(dev.weir.query.plan.answer.Cell cell) {
    return switch (cell) {
      case dev.weir.query.plan.answer.Cell.Text t -> t.value();
      case dev.weir.query.plan.answer.Cell.Null n -> "null";
      case dev.weir.query.plan.answer.Cell.Number n -> number(n.value());
      case dev.weir.query.plan.answer.Cell.Quantile q -> number(q.value());
      case dev.weir.query.plan.answer.Cell.Suppressed s -> "suppressed";
    };
  }

  static String number(java.math.BigDecimal value) {
    return value.signum() == 0
        ? "0"
        : value.setScale(4, java.math.RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
  }
}
