package dev.weir.intake.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceColumn;
import dev.weir.intake.reader.SourceFormat;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.SourceId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Sources in PostgreSQL, table {@code intake.sources}. */
public final class PostgresSourceStore implements SourceStore {
  private static final ObjectMapper JSON = Json.mapper();

  @Override
  public Source add(Handle handle, Source source, String requestKey) {
    handle
        .createUpdate(
            """
            INSERT INTO intake.sources (id, request_key, provider, subject, name, bytes, sha256, format, status, reading, created_at)
            VALUES (:id, :key, :provider, :subject, :name, :bytes, :sha256, :format, :status, CAST(:reading AS jsonb), :createdAt)
            ON CONFLICT (provider, request_key) DO NOTHING
            """)
        .bind("id", source.id().value())
        .bind("key", requestKey)
        .bind("provider", source.provider().value())
        .bind("subject", source.subject())
        .bind("name", source.name())
        .bind("bytes", source.bytes())
        .bind("sha256", source.sha256())
        .bind("format", source.format().name())
        .bind("status", source.status().name())
        .bind("reading", write(source.reading()))
        .bind("createdAt", source.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
    return handle
        .createQuery(
            "SELECT * FROM intake.sources WHERE provider = :provider AND request_key = :key")
        .bind("provider", source.provider().value())
        .bind("key", requestKey)
        .map((rows, context) -> read(rows))
        .one();
  }

  @Override
  public Optional<Source> find(Handle handle, SourceId id) {
    return handle
        .createQuery("SELECT * FROM intake.sources WHERE id = :id")
        .bind("id", id.value())
        .map((rows, context) -> read(rows))
        .findOne();
  }

  @Override
  public List<Source> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            SELECT * FROM intake.sources
            WHERE :after = '' OR seq < CAST(NULLIF(:after, '') AS bigint)
            ORDER BY seq DESC LIMIT :limit
            """)
        .bind("after", page.after().matches("[0-9]{1,18}") ? page.after() : "")
        .bind("limit", page.fetch())
        .map((rows, context) -> read(rows))
        .list();
  }

  @Override
  public String cursor(Handle handle, Source source) {
    return handle
        .createQuery("SELECT seq FROM intake.sources WHERE id = :id")
        .bind("id", source.id().value())
        .mapTo(Long.class)
        .one()
        .toString();
  }

  @Override
  public boolean beginProfile(Handle handle, SourceId id, Reading reading) {
    return handle
            .createUpdate(
                """
                UPDATE intake.sources SET status = 'PROFILING', reading = CAST(:reading AS jsonb), fault = NULL
                WHERE id = :id AND status <> 'PROFILING'
                """)
            .bind("id", id.value())
            .bind("reading", write(reading))
            .execute()
        == 1;
  }

  @Override
  public void endProfile(Handle handle, SourceId id, SourceProfile profile, String profileSha256) {
    var columns =
        profile.columns().stream()
            .map(column ->
                new SourceColumn(
                    column.sourceName(),
                    column.name(),
                    column.type(),
                    column.scale(),
                    column.localTime()))
            .toList();
    handle
        .createUpdate(
            """
            UPDATE intake.sources SET status = 'PROFILED', columns = CAST(:columns AS jsonb), total_rows = :rows,
              profile_sha256 = :sha256
            WHERE id = :id AND status = 'PROFILING'
            """)
        .bind("id", id.value())
        .bind("columns", write(columns))
        .bind("rows", profile.rows())
        .bind("sha256", profileSha256)
        .execute();
  }

  @Override
  public void endUnreadable(Handle handle, SourceId id, String fault) {
    handle
        .createUpdate(
            "UPDATE intake.sources SET status = 'UNREADABLE', fault = :fault WHERE id = :id AND status = 'PROFILING'")
        .bind("id", id.value())
        .bind("fault", fault)
        .execute();
  }

  @Override
  public Set<SourceId> ids(Handle handle) {
    return handle
        .createQuery("SELECT id FROM intake.sources")
        .mapTo(UUID.class)
        .map(SourceId::new)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Source> unfinished(Handle handle) {
    return handle
        .createQuery("SELECT * FROM intake.sources WHERE status = 'PROFILING' ORDER BY seq")
        .map((rows, context) -> read(rows))
        .list();
  }

  private static Source read(ResultSet rows) throws SQLException {
    try {
      String columns = rows.getString("columns");
      long total = rows.getLong("total_rows");
      Optional<Long> known = rows.wasNull() ? Optional.empty() : Optional.of(total);
      return new Source(
          new SourceId(rows.getObject("id", UUID.class)),
          CreditCode.of(rows.getString("provider")),
          rows.getString("subject"),
          rows.getString("name"),
          rows.getLong("bytes"),
          rows.getString("sha256"),
          SourceFormat.valueOf(rows.getString("format")),
          Source.Status.valueOf(rows.getString("status")),
          JSON.readValue(rows.getString("reading"), Reading.class),
          columns == null
              ? List.of()
              : JSON.readValue(columns, new TypeReference<List<SourceColumn>>() {}),
          known,
          Optional.ofNullable(rows.getString("fault")),
          rows.getObject("created_at", OffsetDateTime.class).toInstant());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored source cannot be read", e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a source has no JSON form", e);
    }
  }
}
