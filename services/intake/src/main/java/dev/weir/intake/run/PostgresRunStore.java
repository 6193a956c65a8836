package dev.weir.intake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.intake.cleaning.QualityReport;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.RunId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs in PostgreSQL, table {@code intake.runs}. */
public final class PostgresRunStore implements RunStore {
  private static final ObjectMapper JSON = Json.mapper();

  @Override
  public Run add(Handle handle, Run run, String requestKey) {
    handle
        .createUpdate(
            """
            INSERT INTO intake.runs (id, request_key, provider, operator, subject, resource_id, domain_id, lineage_id, source_id,
              source_sha256, spec, source_schema, data_version, status, total_rows, created_at)
            VALUES (:id, :key, :provider, :operator, :subject, :resource, :domain, :lineage, :source, :sha256,
              CAST(:spec AS jsonb), CAST(:schema AS jsonb), :version, :status, :total, :createdAt)
            """)
        .bind("id", run.id().value())
        .bind("key", requestKey)
        .bind("provider", run.provider().value())
        .bind("operator", run.operator().value())
        .bind("subject", run.subject())
        .bind("resource", run.spec().resourceId().value())
        .bind("domain", run.domainId().value())
        .bind("lineage", run.lineageId().value())
        .bind("source", run.spec().sourceId().value())
        .bind("sha256", run.sourceSha256())
        .bind("spec", write(run.spec()))
        .bind("schema", write(run.sourceSchema()))
        .bind("version", run.dataVersion())
        .bind("status", run.status().name())
        .bind("total", run.rows().orElse(null))
        .bind("createdAt", run.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
    return run;
  }

  @Override
  public long lastVersion(Handle handle, ResourceId resource) {
    return handle
        .createQuery(
            """
            SELECT coalesce(max(data_version), 0) FROM intake.runs WHERE resource_id = :resource
            """)
        .bind("resource", resource.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<RunId> active(Handle handle, ResourceId resource) {
    handle
        .createQuery("SELECT CAST(pg_advisory_xact_lock(hashtextextended(:resource, 60)) AS text)")
        .bind("resource", resource.toString())
        .mapTo(String.class)
        .list();
    return handle
        .createQuery(
            "SELECT id FROM intake.runs WHERE resource_id = :resource AND status IN ('QUEUED', 'RUNNING')")
        .bind("resource", resource.value())
        .map((rows, context) -> new RunId(rows.getObject("id", java.util.UUID.class)))
        .findOne();
  }

  @Override
  public Optional<Run> byKey(Handle handle, CreditCode provider, String requestKey) {
    return handle
        .createQuery("SELECT * FROM intake.runs WHERE provider = :provider AND request_key = :key")
        .bind("provider", provider.value())
        .bind("key", requestKey)
        .map((rows, context) -> RunRow.read(rows))
        .findOne();
  }

  @Override
  public Optional<Run> find(Handle handle, RunId id) {
    return handle
        .createQuery("SELECT * FROM intake.runs WHERE id = :id")
        .bind("id", id.value())
        .map((rows, context) -> RunRow.read(rows))
        .findOne();
  }

  @Override
  public List<Run> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            SELECT * FROM intake.runs
            WHERE :after = '' OR seq < CAST(NULLIF(:after, '') AS bigint)
            ORDER BY seq DESC LIMIT :limit
            """)
        .bind("after", page.after().matches("[0-9]{1,18}") ? page.after() : "")
        .bind("limit", page.fetch())
        .map((rows, context) -> RunRow.read(rows))
        .list();
  }

  @Override
  public String cursor(Handle handle, Run run) {
    return handle
        .createQuery("SELECT seq FROM intake.runs WHERE id = :id")
        .bind("id", run.id().value())
        .mapTo(Long.class)
        .one()
        .toString();
  }

  @Override
  public List<Run> unfinished(Handle handle) {
    return handle
        .createQuery("SELECT * FROM intake.runs WHERE status IN ('QUEUED', 'RUNNING') ORDER BY seq")
        .map((rows, context) -> RunRow.read(rows))
        .list();
  }

  @Override
  public void begin(Handle handle, RunId id, List<Long> startOffsets, Instant at) {
    handle
        .createUpdate(
            """
            UPDATE intake.runs SET status = 'RUNNING', start_offsets = CAST(:offsets AS bigint[]),
              started_at = coalesce(started_at, :at)
            WHERE id = :id AND status IN ('QUEUED', 'RUNNING') AND start_offsets IS NULL
            """)
        .bind("id", id.value())
        .bind("offsets", array(startOffsets))
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public boolean progress(Handle handle, RunId id, long accepted, long rejected) {
    return handle
        .createQuery(
            """
            UPDATE intake.runs SET accepted = :accepted, rejected = :rejected
            WHERE id = :id AND status = 'RUNNING' RETURNING cancel_requested
            """)
        .bind("id", id.value())
        .bind("accepted", accepted)
        .bind("rejected", rejected)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(true);
  }

  @Override
  public boolean seal(
      Handle handle,
      RunId id,
      List<Long> endOffsets,
      QualityReport quality,
      String sha256,
      Instant at) {
    return handle
            .createUpdate(
                """
                UPDATE intake.runs SET status = 'SEALED', end_offsets = CAST(:offsets AS bigint[]), quality = CAST(:quality AS jsonb),
                  quality_sha256 = :sha256, accepted = :accepted, rejected = :rejected, total_rows = :total, finished_at = :at
                WHERE id = :id AND status = 'RUNNING' AND NOT cancel_requested
                """)
            .bind("id", id.value())
            .bind("offsets", array(endOffsets))
            .bind("quality", write(quality))
            .bind("sha256", sha256)
            .bind("accepted", quality.accepted())
            .bind("rejected", quality.rejected())
            .bind("total", quality.rows())
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  @Override
  public boolean end(
      Handle handle, RunId id, Run.Status status, String problem, String detail, Instant at) {
    return handle
            .createUpdate(
                """
                UPDATE intake.runs SET status = :status, problem = :problem, detail = :detail, finished_at = :at
                WHERE id = :id AND status IN ('QUEUED', 'RUNNING')
                """)
            .bind("id", id.value())
            .bind("status", status.name())
            .bind("problem", problem)
            .bind("detail", detail)
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  @Override
  public boolean requestCancel(Handle handle, RunId id) {
    return handle
            .createUpdate(
                """
                UPDATE intake.runs SET cancel_requested = true
                WHERE id = :id AND status IN ('QUEUED', 'RUNNING') AND NOT cancel_requested
                """)
            .bind("id", id.value())
            .execute()
        == 1;
  }

  private static String array(List<Long> offsets) {
    return offsets.stream()
        .map(String::valueOf)
        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a run has no JSON form", e);
    }
  }
}
