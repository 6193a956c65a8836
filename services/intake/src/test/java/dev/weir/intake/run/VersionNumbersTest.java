package dev.weir.intake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ResourceId;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.ServiceDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version number names one run for ever; on a real server, under the application's own role. */
class VersionNumbersTest {
  @TempDir static Path state;
  private static ServiceDatabase server;
  private static Database database;

  private final PostgresRunStore store = new PostgresRunStore();
  private final ResourceId resource = ResourceId.random();

  @BeforeAll
  static void start() throws Exception {
    server = ServiceDatabase.start(state, "intake");
    database = server.open("intake", 2);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    server.close();
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
