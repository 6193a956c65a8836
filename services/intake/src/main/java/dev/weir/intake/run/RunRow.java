package dev.weir.intake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.intake.cleaning.QualityReport;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.RunId;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From a row of {@code intake.runs} to a run. */
final class RunRow {
  private static final ObjectMapper JSON = Json.mapper();

  private RunRow() {}

  static Run read(ResultSet rows) throws SQLException {
    try {
      long total = rows.getLong("total_rows");
      Optional<Long> knownTotal = rows.wasNull() ? Optional.empty() : Optional.of(total);
      String quality = rows.getString("quality");
      return new Run(
          new RunId(rows.getObject("id", UUID.class)),
          CreditCode.of(rows.getString("provider")),
          CreditCode.of(rows.getString("operator")),
          rows.getString("subject"),
          new DomainId(rows.getObject("domain_id", UUID.class)),
          new LineageId(rows.getObject("lineage_id", UUID.class)),
          JSON.readValue(rows.getString("spec"), RunSpec.class),
          JSON.readValue(rows.getString("source_schema"), RecordSchema.class),
          rows.getString("source_sha256"),
          rows.getLong("data_version"),
          Run.Status.valueOf(rows.getString("status")),
          rows.getBoolean("cancel_requested"),
          offsets(rows, "start_offsets"),
          offsets(rows, "end_offsets"),
          rows.getLong("accepted"),
          rows.getLong("rejected"),
          knownTotal,
          quality == null
              ? Optional.empty()
              : Optional.of(JSON.readValue(quality, QualityReport.class)),
          Optional.ofNullable(rows.getString("quality_sha256")),
          Optional.ofNullable(rows.getString("problem")),
          Optional.ofNullable(rows.getString("detail")),
          rows.getObject("created_at", OffsetDateTime.class).toInstant(),
          instant(rows, "started_at"),
          instant(rows, "finished_at"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored run cannot be read", e);
    }
  }

  private static List<Long> offsets(ResultSet rows, String column) throws SQLException {
    var array = rows.getArray(column);
    return array == null ? List.of() : List.of((Long[]) array.getArray());
  }

  private static Optional<Instant> instant(ResultSet rows, String column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
