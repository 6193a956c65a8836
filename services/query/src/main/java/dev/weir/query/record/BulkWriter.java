package dev.weir.query.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between engines when records are stored. */
interface BulkWriter {

  /** Writes records inside the transaction that is already open on the connection. */
  void write(Connection connection, DataVersion version, List<StoredRecord> records)
      throws SQLException;
}
