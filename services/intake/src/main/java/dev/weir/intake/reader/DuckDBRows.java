package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.frame.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Rows of a Parquet file in file order, streamed. Confined to one thread. */
final class DuckDBRows implements RowSource {
  private final Statement statement;
  private final ResultSet result;
  private final List<SourceColumn> columns;
  private final DuckDBCell[] cells;
  private long ordinal;

  DuckDBRows(Connection connection, String sql, List<SourceColumn> columns, DuckDBCell[] cells)
      throws SQLException {
    statement = connection.createStatement();
    result = statement.executeQuery(sql);
    this.columns = columns;
    this.cells = cells;
  }

  @Override
  public List<SourceColumn> columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    try {
      if (!result.next()) {
        return false;
      }
      row.begin(ordinal++);
      for (int i = 0; i < cells.length; i++) {
        cells[i].fetch(result, row, i);
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      throw new ReadFaultException(ReadFault.MALFORMED_PARQUET, e);
    }
  }

  @Override
  public void close() {
    try {
      result.close();
      statement.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the Parquet engine did not close", e);
    }
  }
}
