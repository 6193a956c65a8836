package dev.weir.query.plan;

import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Binds generated statements and reads their rows over JDBC, the same way for every engine. */
public final class JdbcStatements {
  private JdbcStatements() {}

  /**
   * @throws IllegalArgumentException when a version is missing
   */
  public static void bind(PreparedStatement prepared, EngineStatement statement, Bindings bindings)
      throws SQLException {
    int index = 0;
    for (Parameter parameter : statement.parameters()) {
      index++;
      switch (parameter) {
        case Parameter.Text t -> prepared.setString(index, t.value());
        case Parameter.Whole w -> prepared.setLong(index, w.value());
        case Parameter.Real r -> prepared.setDouble(index, r.value());
        case Parameter.Truth t -> prepared.setBoolean(index, t.value());
        case Parameter.DataVersion v -> {
          Long version = bindings.versions().get(v.resource());
          if (version == null) {
            throw new IllegalArgumentException("no version for a resource of the plan");
          }
          prepared.setLong(index, version);
        }
        case Parameter.SelectionKey k -> prepared.setString(index, bindings.selectionKey());
      }
    }
  }

  /** Reads all rows; the caller closes the result set. */
  public static List<RawRow> rows(ResultSet result, EngineStatement statement) throws SQLException {
    var rows = new ArrayList<RawRow>();
    while (result.next()) {
      rows.add(row(result, statement));
    }
    return rows;
  }

  /** The row a result set stands on. */
  public static RawRow row(ResultSet result, EngineStatement statement) throws SQLException {
    var keys = new ArrayList<Optional<String>>(statement.keys());
    for (int i = 1; i <= statement.keys(); i++) {
      keys.add(Optional.ofNullable(result.getString(i)));
    }
    var statistics = new ArrayList<BigInteger>(statement.statistics());
    for (int i = 1; i <= statement.statistics(); i++) {
      statistics.add(
          new BigInteger(Objects.requireNonNull(result.getString(statement.keys() + i))));
    }
    return new RawRow(keys, statistics);
  }
}
