package dev.weir.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.runtime.secret.SecretAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No role of one operator reaches another's tables, at the door or inside. */
class OperatorsApartTest {
  private static final String TABLES =
      """
      select table_schema || '.' || table_name from information_schema.tables
      where table_schema in ('leader', 'helper', 'ledger', 'weir')
      """;

  @Test
  void rolesOfOneAggregator_reachNoTableOfTheOther() throws SQLException {
    try (var leader = TestDatabase.ofOperator("apart_leader", "leader");
        var helper = TestDatabase.ofOperator("apart_helper", "helper")) {
      refused(roles("leader"), helper);
      refused(roles("helper"), leader);
      refused(List.of(DatabaseRoles.MIGRATION, DatabaseRoles.RELAY), leader);
      for (var own : List.of(DatabaseRoles.relay("leader"), DatabaseRoles.migration("leader"))) {
        try (var connection = connect(leader.as(own))) {
          assertThat(readable(connection, "leader.outbox")).as(own).isTrue();
        }
      }
    }
  }

  @Test
  void databaseOfBefore_belongsToItsOperatorFromTheNextStartOn() throws SQLException {
    try (var database = TestDatabase.create("apart_before", "leader")) {
      database.migrate("create table leader.kept as select 1 as one");
      try (var superuser = database.superuser()) {
        DatabaseRoles.create(superuser, TestDatabase.passwords(), List.of("leader"));
      }
      Migrations.migrate(database.as(DatabaseRoles.migration("leader")), "leader");
      try (var connection = connect(database.as(DatabaseRoles.migration("leader")))) {
        assertThat(readable(connection, "leader.kept")).isTrue();
      }
      try (var connection = connect(database.as(DatabaseRoles.relay("leader")))) {
        assertThat(readable(connection, "leader.outbox")).isTrue();
      }
      refused(List.of(DatabaseRoles.MIGRATION, DatabaseRoles.RELAY), database);
    }
  }

  private static List<String> roles(String service) {
    return List.of(
        DatabaseRoles.application(service),
        DatabaseRoles.migration(service),
        DatabaseRoles.relay(service));
  }

  private static void refused(List<String> roles, TestDatabase other) throws SQLException {
    for (String role : roles) {
      assertThatThrownBy(() -> connect(other.as(role)).close())
          .as(role)
          .hasMessageContaining("permission denied for database");
      try (var superuser = other.superuser();
          var statement = superuser.createStatement()) {
        statement.execute("grant connect on database " + superuser.getCatalog() + " to " + role);
        try (var inside = connect(other.as(role))) {
          for (String table : tables(superuser)) {
            assertThat(readable(inside, table)).as(role + " reads " + table).isFalse();
          }
        }
        statement.execute("revoke connect on database " + superuser.getCatalog() + " from " + role);
      }
    }
  }

  private static List<String> tables(Connection superuser) throws SQLException {
    var tables = new java.util.ArrayList<String>();
    try (var statement = superuser.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    assertThat(tables).hasSizeGreaterThan(5).anyMatch(table -> table.endsWith(".outbox"));
    return tables;
  }

  private static boolean readable(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select * from " + table + " limit 1");
      return true;
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("permission denied");
      return false;
    }
  }

  private static Connection connect(DatabaseAccess access) throws SQLException {
    return DriverManager.getConnection(
        access.jdbcUrl(), access.user(), access.password().reveal(SecretAccess.DATABASE_LOGIN));
  }
}
