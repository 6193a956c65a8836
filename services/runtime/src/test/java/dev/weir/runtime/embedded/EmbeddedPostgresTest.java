package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path state;
  private PostgresSettings settings;

  @BeforeEach
  void choosePort() {
    var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
    settings = PostgresSettings.in(state, EmbeddedCache.path(), LoopbackPorts.free(), secrets);
  }

  @Test
  void server_isDurableAndListensOnLoopbackOnly() throws Exception {
    try (var postgres = EmbeddedPostgres.start(settings)) {
      assertThat(show(postgres, "fsync")).isEqualTo("on");
      assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(postgres, "server_version")).isEqualTo("18.6");
    }
  }

  @Test
  void superuser_withoutThePassword_isRefused() {
    try (var postgres = EmbeddedPostgres.start(settings)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "guess"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void passwordFile_isReadableByTheOwnerOnly() throws IOException {
    assertThat(Files.getPosixFilePermissions(settings.superuser().passwordFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void rows_afterARestart_areThere() throws Exception {
    // given
    try (var first = EmbeddedPostgres.start(settings)) {
      execute(first, "create table kept as select 42 as answer");
    }
    // when
    try (var second = EmbeddedPostgres.start(settings)) {
      // then
      assertThat(query(second, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void start_whenAnOrphanStillRuns_stopsItAndStartsWithOurSettings() throws Exception {
    // given
    var orphan = EmbeddedPostgres.start(settings);
    execute(orphan, "create table kept as select 42 as answer");
    // when
    try (var next = EmbeddedPostgres.start(settings)) {
      // then
      assertThat(orphan.process().isAlive()).isFalse();
      assertThat(next.process().pid()).isNotEqualTo(orphan.process().pid());
      assertThat(query(next, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void start_afterTheServerWasKilled_recovers() throws Exception {
    // given
    var killed = EmbeddedPostgres.start(settings);
    execute(killed, "create table kept as select 42 as answer");
    killed.process().destroyForcibly();
    ProcessMark.ended(killed.process(), Duration.ofSeconds(5));
    // when
    try (var next = EmbeddedPostgres.start(settings)) {
      // then
      assertThat(query(next, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void start_whenTheLockNamesAForeignProcess_leavesThatProcessAlone() throws Exception {
    // given
    EmbeddedPostgres.start(settings).close();
    Process foreign = new ProcessBuilder("sleep", "60").start();
    Files.writeString(
        settings.data().resolve("postmaster.pid"), foreign.pid() + "\n" + settings.data() + "\n");
    // when
    try (var next = EmbeddedPostgres.start(settings)) {
      // then
      assertThat(foreign.isAlive()).isTrue();
      assertThat(show(next, "fsync")).isEqualTo("on");
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void start_afterAKilledInitdb_createsTheDirectoryAgain() throws Exception {
    // given
    Files.createDirectories(settings.data().resolve("base"));
    Files.createDirectories(settings.data().resolveSibling("postgres.half").resolve("global"));
    // when
    try (var postgres = EmbeddedPostgres.start(settings)) {
      // then
      assertThat(query(postgres, "select 1")).isEqualTo("1");
    }
  }

  private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
    return query(postgres, "show " + setting);
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
