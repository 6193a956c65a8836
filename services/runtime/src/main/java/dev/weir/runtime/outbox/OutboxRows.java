package dev.weir.runtime.outbox;

import dev.weir.runtime.secret.SecretAccess;
import dev.weir.runtime.sql.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The relay's side of an outbox table, on one connection of its own. Confined to one thread. */
final class OutboxRows implements AutoCloseable {
  private static final int BATCH_ROWS = 500;
  private static final int LOCK_CLASS = 0x57454952; // 'WEIR'

  private final Connection connection;
  private final String service;
  private boolean held;

  private OutboxRows(Connection connection, String service) {
    this.connection = connection;
    this.service = service;
  }

  static OutboxRows open(DatabaseAccess access, String service) throws SQLException {
    var settings = new Properties();
    settings.put("user", access.user());
    settings.put("password", access.password().reveal(SecretAccess.DATABASE_LOGIN));
    settings.put("ApplicationName", "weir-relay-" + service);
    // Deleting need not wait for the disk: a deletion that a crash takes back sends the same rows
    // again, under the same ids. What was written into the outbox did wait.
    settings.put(
        "options", "-c statement_timeout=15000 -c lock_timeout=3000 -c synchronous_commit=off");
    settings.put("connectTimeout", "5");
    settings.put("socketTimeout", "30");
    return new OutboxRows(DriverManager.getConnection(access.jdbcUrl(), settings), service);
  }

  /** True when this connection is the one that sends; it stays so until it is closed. */
  boolean hold() throws SQLException {
    if (!held) {
      try (var statement =
          connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
        statement.setInt(1, LOCK_CLASS);
        statement.setString(2, service);
        try (var result = statement.executeQuery()) {
          held = result.next() && result.getBoolean(1);
        }
      }
    }
    return held;
  }

  List<OutboxRow> next() throws SQLException {
    String sql =
        """
        select id, topic, key, schema, value from %s.outbox order by id limit %d
        """
            .formatted(service, BATCH_ROWS);
    try (var statement = connection.prepareStatement(sql);
        var result = statement.executeQuery()) {
      var rows = new ArrayList<OutboxRow>();
      while (result.next()) {
        rows.add(row(result));
      }
      return rows;
    }
  }

  void delete(List<OutboxRow> rows) throws SQLException {
    String sql = "delete from %s.outbox where id = any (?)".formatted(service);
    try (var statement = connection.prepareStatement(sql)) {
      Object[] ids = rows.stream().map(OutboxRow::id).toArray();
      statement.setArray(1, connection.createArrayOf("bigint", ids));
      statement.executeUpdate();
    }
  }

  private OutboxRow row(ResultSet result) throws SQLException {
    return new OutboxRow(
        service,
        result.getLong("id"),
        result.getString("topic"),
        result.getString("key"),
        result.getString("schema"),
        result.getBytes("value"));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
