package dev.weir.query.record;

import dev.weir.kernel.data.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between engines when records are stored. */
interface BulkWriter {

  /** The engine's name of a column type. */
  String typeName(Column column);

  /** The engine's type of a record id. */
  String idTypeName();

  /**
   * Writes records inside the transaction that is already open on the connection.
   *
   * @param table an unquoted table name
   */
  void write(Connection connection, String table, List<Column> columns, List<StoredRecord> records)
      throws SQLException;
}
