package dev.weir.runtime.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Arrays of ids in rows. */
final class Uuids {
  private Uuids() {}

  static List<UUID> read(ResultSet row, String column) throws SQLException {
    return List.of((UUID[]) row.getArray(column).getArray());
  }
}
