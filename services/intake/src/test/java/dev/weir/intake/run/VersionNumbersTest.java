package dev.weir.intake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version number names one run for ever; on a real server, under the application's own role. */
class VersionNumbersTest {
  @TempDir static Path state;
  private static EmbeddedPostgres postgres;
  private static Database database;

  private final PostgresRunStore store = new PostgresRunStore();
  private final ResourceId resource = ResourceId.random();

  @BeforeAll
  static void start() throws Exception {
    var random = new SecureRandom();
    postgres = EmbeddedPostgres.start(PostgresSettings.temporary(state));
    Map<String, Secret> passwords =
        DatabaseRoles.all().stream()
            .collect(Collectors.toMap(Function.identity(), role -> Secret.random(random)));
    try (var superuser = postgres.dataSource("postgres", postgres.superuser()).getConnection()) {
      DatabaseRoles.create(superuser, passwords);
    }
    String url = postgres.jdbcUrl("postgres");
    Migrations.migrate(
        new DatabaseAccess(url, DatabaseRoles.MIGRATION, passwords.get(DatabaseRoles.MIGRATION)),
        "intake");
    String role = DatabaseRoles.application("intake");
    database =
        Database.open(
            new DatabaseAccess(url, role, passwords.get(role)), "intake", 2, new MetricRegistry());
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    postgres.close();
  }

  @Test
  void lastVersion_countsFailedAndCancelledRuns() {
    run(1, "SEALED");
    run(2, "FAILED");
    run(3, "CANCELLED");
    long last = database.asService("last", handle -> store.lastVersion(handle, resource));
    assertThat(last).isEqualTo(3);
  }

  @Test
  void number_ofAFailedRun_isRefusedByTheDatabaseToo() {
    run(1, "FAILED");
    assertThatThrownBy(() -> run(1, "SEALED"))
        .hasStackTraceContaining("a version number is never used again");
    run(2, "SEALED");
    assertThatThrownBy(
            () -> change("UPDATE intake.runs SET data_version = 1 WHERE resource_id = ?"))
        .hasStackTraceContaining("a run keeps its version number");
    assertThatThrownBy(() -> change("DELETE FROM intake.runs WHERE resource_id = ?"))
        .hasStackTraceContaining("permission denied");
  }

  private void change(String sql) {
    database.asService("change", handle -> handle.execute(sql, resource.value()));
  }

  private void run(long version, String status) {
    database.asService(
        "add",
        handle -> {
          var source = UUID.randomUUID();
          handle.execute(
              """
              INSERT INTO intake.sources (id, request_key, provider, subject, name, bytes, sha256, format, status, reading, created_at)
              VALUES (?, gen_random_uuid()::text, 'provider', 's', 'n', 1, repeat('0', 64), 'CSV', 'PROFILED', '{}', now())
              """,
              source);
          return handle.execute(
              """
              INSERT INTO intake.runs (id, request_key, provider, operator, subject, resource_id, domain_id, lineage_id, source_id,
                source_sha256, spec, source_schema, data_version, status, created_at)
              VALUES (gen_random_uuid(), gen_random_uuid()::text, 'provider', 'operator', 's', ?, gen_random_uuid(), gen_random_uuid(), ?,
                repeat('0', 64), '{}', '{}', ?, ?, now())
              """,
              resource.value(),
              source,
              version,
              status);
        });
  }
}
