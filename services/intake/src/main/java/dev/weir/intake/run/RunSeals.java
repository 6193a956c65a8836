package dev.weir.intake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.intake.cleaning.QualityReport;
import dev.weir.intake.source.IntakeFigures;
import dev.weir.kernel.Operation;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.sql.Database;
import dev.weir.schemas.avro.VersionSealed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Beginning, sealing and ending of runs: the row, the message to {@code intake.versions} and the
 * evidence leaf commit together. Thread-safe.
 */
public final class RunSeals {
  public static final String VERSIONS_TOPIC = "intake.versions";

  private final Database database;
  private final RunStore store;
  private final Outbox outbox;
  private final EvidenceLog evidence;
  private final InstantSource clock;
  private final String bundle;
  private final IntakeFigures figures;

  /**
   * @param bundle version of the policy bundle, for evidence
   */
  public RunSeals(
      Database database,
      RunStore store,
      Outbox outbox,
      EvidenceLog evidence,
      InstantSource clock,
      String bundle,
      IntakeFigures figures) {
    this.database = database;
    this.store = store;
    this.outbox = outbox;
    this.evidence = evidence;
    this.clock = clock;
    this.bundle = bundle;
    this.figures = figures;
  }

  /** Notes where the run begins, before its first record; a later attempt changes nothing. */
  void begin(Run run, RecordStream stream) {
    if (run.startOffsets().isEmpty()) {
      List<Long> offsets = stream.offsets();
      database.<Boolean>asService(
          "run-begin",
          handle -> {
            store.begin(handle, run.id(), offsets, clock.instant());
            return true;
          });
    }
  }

  /** Seals the run's version; a second time changes nothing. */
  void seal(Run run, RecordSchema treated, List<Long> endOffsets, QualityReport quality) {
    String sha256 = Json.sha256Hex(Json.canonical(quality));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    boolean done =
        database.<Boolean>asService(
            "run-seal",
            handle -> {
              boolean sealed = store.seal(handle, run.id(), endOffsets, quality, sha256, now);
              if (sealed) {
                Run stored = store.find(handle, run.id()).orElseThrow();
                outbox.publish(
                    handle,
                    VERSIONS_TOPIC,
                    run.spec().resourceId().toString(),
                    message(stored, treated, endOffsets, quality, sha256, now));
                evidence.append(handle, leaf(run, quality, sha256, now), run.operator());
              }
              return sealed;
            });
    if (done) {
      figures.ended(IntakeFigures.Outcome.SEALED, Duration.between(run.createdAt(), now));
    }
  }

  private static VersionSealed message(
      Run run,
      RecordSchema treated,
      List<Long> endOffsets,
      QualityReport quality,
      String sha256,
      Instant now)
      throws JsonProcessingException {
    return new VersionSealed(
        run.spec().resourceId().toString(),
        run.dataVersion(),
        run.id().toString(),
        run.sourceSha256(),
        quality.accepted(),
        quality.rejected(),
        run.startOffsets(),
        endOffsets,
        Json.mapper().writeValueAsString(treated),
        sha256,
        now);
  }

  private EvidenceRecord leaf(Run run, QualityReport quality, String sha256, Instant now) {
    Map<String, String> figures = new HashMap<>();
    figures.put("runId", run.id().toString());
    figures.put("dataVersion", Long.toString(run.dataVersion()));
    figures.put("records", Long.toString(quality.accepted()));
    figures.put("rejected", Long.toString(quality.rejected()));
    figures.put("sourceSha256", run.sourceSha256());
    figures.put("qualitySha256", sha256);
    return EvidenceRecord.of(
        EvidenceKind.INTAKE,
        now,
        run.provider(),
        run.subject(),
        Operation.INTAKE_RUN,
        run.spec().resourceId().toString(),
        bundle,
        figures);
  }

  /** Ends the run without a version, with a leaf that says so. */
  void end(Run run, Run.Status status, String problem, String detail) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    boolean done =
        database.<Boolean>asService(
            "run-end",
            handle -> {
              boolean ended = store.end(handle, run.id(), status, problem, detail, now);
              if (ended) {
                attest(handle, run, status, problem, now);
              }
              return ended;
            });
    if (done) {
      var outcome =
          status == Run.Status.CANCELLED
              ? IntakeFigures.Outcome.CANCELLED
              : IntakeFigures.Outcome.FAILED;
      figures.ended(outcome, Duration.between(run.createdAt(), now));
    }
  }

  private void attest(Handle handle, Run run, Run.Status status, String problem, Instant now) {
    var operation = status == Run.Status.CANCELLED ? Operation.INTAKE_CANCEL : Operation.INTAKE_RUN;
    evidence.append(
        handle,
        EvidenceRecord.of(
            EvidenceKind.INTAKE,
            now,
            run.provider(),
            run.subject(),
            operation,
            run.spec().resourceId().toString(),
            bundle,
            Map.of("runId", run.id().toString(), "status", status.name(), "problem", problem)),
        run.operator());
  }
}
