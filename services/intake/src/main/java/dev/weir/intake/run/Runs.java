package dev.weir.intake.run;

import dev.weir.intake.cleaning.QualityReport;
import dev.weir.intake.reader.SourceColumn;
import dev.weir.intake.source.Source;
import dev.weir.intake.source.Sources;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.RunId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Asking for runs, watching and cancelling them. Thread-safe. */
public final class Runs {
  private final Database database;
  private final RunStore store;
  private final Sources sources;
  private final Authorisation authorisation;
  private final RunChecks checks;
  private final RunDriver driver;
  private final EvidenceLog evidence;
  private final InstantSource clock;
  private final String bundle;

  /**
   * @param bundle version of the policy bundle, for evidence
   */
  Runs(
      Database database,
      RunStore store,
      Sources sources,
      Authorisation authorisation,
      RunChecks checks,
      RunDriver driver,
      EvidenceLog evidence,
      InstantSource clock,
      String bundle) {
    this.database = database;
    this.store = store;
    this.sources = sources;
    this.authorisation = authorisation;
    this.checks = checks;
    this.driver = driver;
    this.evidence = evidence;
    this.clock = clock;
    this.bundle = bundle;
  }

  /**
   * Starts a run in the background.
   *
   * @param requestKey the same key of the same provider makes one run only
   */
  Run create(Caller caller, RunSpec spec, String requestKey) {
    Optional<Run> earlier =
        database.inTransaction(
            caller, "run-key", handle -> store.byKey(handle, caller.party(), requestKey));
    if (earlier.isPresent()) {
      return same(earlier.get(), spec);
    }
    Source source = sources.get(caller, spec.sourceId());
    var authorised = authorisation.check(caller.party(), spec.resourceId());
    RecordSchema schema = authorised.resource().schema();
    match(schema, source);
    checks.check(schema, spec);
    Run created =
        database.inTransaction(
            caller, "run-add", handle -> add(handle, caller, spec, source, authorised, requestKey));
    driver.submit(created.id());
    return created;
  }

  private static Run same(Run earlier, RunSpec spec) {
    if (!earlier.spec().equals(spec)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The idempotency key was used for another run.");
    }
    return earlier;
  }

  private Run add(
      Handle handle,
      Caller caller,
      RunSpec spec,
      Source source,
      Authorisation.Authorised authorised,
      String requestKey) {
    if (store.active(handle, spec.resourceId()).isPresent()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Another run of this resource is not finished yet.");
    }
    var now = clock.instant();
    var run =
        new Run(
            RunId.random(),
            caller.party(),
            authorised.operator(),
            caller.subject(),
            authorised.domain(),
            authorised.resource().lineageId(),
            spec,
            authorised.resource().schema(),
            source.sha256(),
            store.lastVersion(handle, spec.resourceId()) + 1,
            Run.Status.QUEUED,
            false,
            List.of(),
            List.of(),
            0,
            0,
            source.rows(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.empty(),
            Optional.empty());
    evidence.append(
        handle,
        EvidenceRecord.of(
            EvidenceKind.INTAKE,
            now,
            caller.party(),
            caller.subject(),
            Operation.INTAKE_RUN,
            spec.resourceId().toString(),
            bundle,
            Map.of(
                "runId", run.id().toString(),
                "status", "QUEUED",
                "sourceSha256", source.sha256(),
                "dataVersion", Long.toString(run.dataVersion()))),
        authorised.operator());
    return store.add(handle, run, requestKey);
  }

  /** The source has exactly the columns that somebody classified. */
  private static void match(RecordSchema schema, Source source) {
    if (source.status() != Source.Status.PROFILED) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "The source must be profiled and readable before a run.");
    }
    List<String> found = source.columns().stream().map(SourceColumn::name).toList();
    List<String> missing =
        schema.columns().stream()
            .map(Column::name)
            .filter(name -> found.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    List<String> extra = found.stream().filter(name -> schema.column(name).isEmpty()).toList();
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new ProblemException(
          ProblemType.SCHEMA_INCOMPATIBLE,
          "The source's columns are not those of the resource's schema.",
          Map.of("missing", missing, "unclassified", extra));
    }
    boolean undeclared =
        source.reading().timeZone().isEmpty()
            && source.columns().stream()
                .filter(SourceColumn::localTime)
                .flatMap(column -> schema.column(column.name()).stream())
                .anyMatch(column -> column.type() == ColumnType.TIMESTAMP);
    if (undeclared) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "The source holds times without a zone: profile it again with timeZone declared.");
    }
  }

  /**
   * @throws ProblemException of type {@link ProblemType#NOT_FOUND} also for a run one may not see
   */
  Run get(Caller caller, RunId id) {
    return database
        .inTransaction(caller, "run-get", handle -> store.find(handle, id))
        .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such run."));
  }

  Page<Run> list(Caller caller, PageRequest page) {
    return database.inTransaction(
        caller,
        "run-list",
        handle -> Page.of(store.list(handle, page), page, run -> store.cursor(handle, run)));
  }

  /** The quality report, for the provider only. */
  QualityReport quality(Caller caller, RunId id) {
    Run run = get(caller, id);
    if (!run.provider().equals(caller.party())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no such run.");
    }
    return run.quality()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.WRONG_STATE, "The report is there once the run is sealed."));
  }

  /** Asks the run to stop; it ends at its next commit. */
  Run cancel(Caller caller, RunId id) {
    Run run = get(caller, id);
    if (!run.provider().equals(caller.party())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no such run.");
    }
    boolean asked =
        database.inTransaction(caller, "run-cancel", handle -> store.requestCancel(handle, id));
    if (!asked && run.status() != Run.Status.CANCELLED && !run.cancelRequested()) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The run has ended already.");
    }
    driver.submit(id);
    return get(caller, id);
  }
}
