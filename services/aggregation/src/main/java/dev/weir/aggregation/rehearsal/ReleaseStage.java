package dev.weir.aggregation.rehearsal;

import com.codahale.metrics.MetricRegistry;
import dev.weir.aggregation.collect.CollectionId;
import dev.weir.dap.DapRole;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.Trees;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A real PostgreSQL server with a database for each aggregator, as operators have them. Sessions
 * die here, the server does not, so it need not wait for the disk. Confined.
 */
public final class ReleaseStage implements AutoCloseable {
  private static final int CONNECTIONS = 2;

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final Map<String, Secret> passwords;
  private final Connection killer;
  private final Thread interrupted = new Thread(this::end, "stop rehearsal");

  private ReleaseStage(Path directory) throws SQLException {
    var random = new SecureRandom();
    this.directory = directory;
    this.postgres = EmbeddedPostgres.start(settings(directory));
    Runtime.getRuntime().addShutdownHook(interrupted);
    this.passwords =
        DatabaseRoles.all().stream()
            .collect(Collectors.toMap(Function.identity(), role -> Secret.random(random)));
    this.killer = superuser("postgres");
    for (DapRole side : new DapRole[] {DapRole.LEADER, DapRole.HELPER}) {
      create(side);
    }
  }

  private static PostgresSettings settings(Path directory) {
    var usual = PostgresSettings.temporary(directory);
    return new PostgresSettings(
        usual.data(),
        usual.cache(),
        usual.log(),
        usual.port(),
        usual.superuser(),
        Map.of("synchronous_commit", "off", "fsync", "off"));
  }

  /** Starts the server in a directory of its own, which goes with it. */
  public static ReleaseStage open() {
    try {
      return new ReleaseStage(Files.createTempDirectory("weir-rehearsal-"));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the rehearsal's databases did not start", e);
    }
  }

  static String name(DapRole side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  /** As the service would open it; closed by the caller. */
  public Database connect(DapRole side) {
    return Database.open(
        access(side, DatabaseRoles.application(name(side))),
        name(side),
        CONNECTIONS,
        new MetricRegistry());
  }

  /** Ends every session of the side's service, at once: the server undoes what they had begun. */
  void cut(DapRole side) {
    try (var statement =
        killer.prepareStatement(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = ?")) {
      statement.setString(1, DatabaseRoles.application(name(side)));
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a planted bug does: tidies up after failures, the drawn noise too. */
  void forgetFailed(DapRole side) {
    String own = name(side);
    String sql =
        "delete from %1$s.releases r where exists (select from %1$s.collections c where c.task_id"
            + " = r.task_id and c.state = 'FAILED') and not exists (select from %1$s.collections c"
            + " where c.task_id = r.task_id and c.state not in ('FAILED', 'COUNTING', 'CLOSING'))";
    change(side, sql.formatted(own));
  }

  /** What a planted bug does: no more is known of a collection. */
  void forget(DapRole side, CollectionId collection) {
    String sql = "delete from " + name(side) + ".collections where collection_id = ?";
    change(side, sql, collection.value());
  }

  /** Ends a task whose history is over. */
  void forget(DapRole side, TaskId task) {
    for (String table : List.of("collections", "leader_refusals")) {
      String sql = "delete from " + name(side) + "." + table + " where task_id = ?";
      change(side, sql, (Object) task.bytes().toArray());
    }
  }

  /** What a planted bug does: keeps the exact share of what it drew noise for. */
  void takeNoiseOff(DapRole side, TaskId task, Bytes exact) {
    change(
        side,
        "update "
            + name(side)
            + ".releases set noised_share = ? where task_id = ? and released_at is null",
        exact.toArray(),
        task.bytes().toArray());
  }

  private void change(DapRole side, String sql, Object... values) {
    try (var connection = superuser(database(side));
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One number that the side's tables say, past every policy. */
  long ask(DapRole side, String sql, Object... values) {
    try (var connection = superuser(database(side));
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Collections that have not ended at a side, and refusals that the leader has not told. */
  long underWay(TaskId task) {
    long untold =
        ask(
            DapRole.LEADER,
            "select count(*) from leader.leader_refusals where task_id = ?",
            (Object) task.bytes().toArray());
    for (DapRole side : new DapRole[] {DapRole.LEADER, DapRole.HELPER}) {
      untold +=
          ask(
              side,
              "select count(*) from "
                  + name(side)
                  + ".collections where task_id = ? and state not in ('DONE', 'FAILED')",
              (Object) task.bytes().toArray());
    }
    return untold;
  }

  /** Of how many collections neither side's lanes have been told yet that they are done. */
  long keptSums(TaskId task) {
    long kept = 0;
    for (DapRole side : new DapRole[] {DapRole.LEADER, DapRole.HELPER}) {
      kept +=
          ask(
              side,
              "select count(*) from "
                  + name(side)
                  + ".collections where task_id = ? and state = 'DONE' and not sums_forgotten",
              (Object) task.bytes().toArray());
    }
    return kept;
  }

  /** All noised shares of a task that the side has stored, each sealed for the collector. */
  List<HpkeCiphertext> sealedShares(DapRole side, TaskId task) {
    String sql =
        "select own_share from "
            + name(side)
            + ".collections where task_id = ? and own_share is not null";
    try (var connection = superuser(database(side));
        var statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, task.bytes().toArray());
      var shares = new ArrayList<HpkeCiphertext>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          shares.add(WireReader.whole(rows.getBytes(1), HpkeCiphertext::read));
        }
      }
      return shares;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void create(DapRole side) throws SQLException {
    try (var statement = killer.createStatement()) {
      statement.execute("create database " + database(side));
    }
    try (var superuser = superuser(database(side))) {
      DatabaseRoles.create(superuser, passwords, List.of(name(side)));
    }
    String migration = DatabaseRoles.migration(name(side));
    Migrations.migrate(access(side, migration), name(side), "aggregation");
  }

  private static String database(DapRole side) {
    return "weir_" + name(side);
  }

  private DatabaseAccess access(DapRole side, String role) {
    var password = passwords.get(role);
    if (password == null) {
      throw new IllegalStateException("every role has a password");
    }
    return new DatabaseAccess(postgres.jdbcUrl(database(side)), role, password);
  }

  private Connection superuser(String database) throws SQLException {
    return postgres.dataSource(database, postgres.superuser()).getConnection();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException interruptedNow) {
      return; // it ends there
    }
    end();
  }

  private void end() {
    postgres.close();
    Trees.delete(directory);
  }
}
