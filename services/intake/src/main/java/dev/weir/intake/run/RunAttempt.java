package dev.weir.intake.run;

import dev.weir.intake.child.ReaderLimits;
import dev.weir.intake.child.ReaderProcess;
import dev.weir.intake.child.WorkDirectory;
import dev.weir.intake.cleaning.Cleaner;
import dev.weir.intake.cleaning.CleaningRule;
import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.frame.Row;
import dev.weir.intake.reader.ColumnSpec;
import dev.weir.intake.reader.ReadRequest;
import dev.weir.intake.source.IntakeFigures;
import dev.weir.intake.source.Source;
import dev.weir.intake.source.SourceFiles;
import dev.weir.intake.source.SourceStore;
import dev.weir.intake.treatment.LineageKeys;
import dev.weir.intake.treatment.TreatmentPlan;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.SourceId;
import dev.weir.kernel.data.ColumnType;
import dev.weir.runtime.sql.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One attempt to bring a run to its end: opens what it needs, streams, seals. Thread-safe. */
final class RunAttempt {
  private final Database database;
  private final SourceStore sources;
  private final SourceFiles files;
  private final LineageKeys keys;
  private final RecordStreams streams;
  private final RunSeals seals;
  private final ReaderLimits limits;
  private final CrashPoint.Probe probe;
  private final IntakeFigures figures;

  RunAttempt(
      Database database,
      SourceStore sources,
      SourceFiles files,
      LineageKeys keys,
      RecordStreams streams,
      RunSeals seals,
      ReaderLimits limits,
      CrashPoint.Probe probe,
      IntakeFigures figures) {
    this.database = database;
    this.sources = sources;
    this.files = files;
    this.keys = keys;
    this.streams = streams;
    this.seals = seals;
    this.limits = limits;
    this.probe = probe;
    this.figures = figures;
  }

  /**
   * Streams and seals the run.
   *
   * @param goOn told the progress after each commit; false stops without an end
   */
  void execute(Run run, Predicate<RecordStream.Progress> goOn) {
    Source source = source(run.provider(), run.spec().sourceId());
    try (var key = keys.open(run.lineageId());
        var work = WorkDirectory.below(files.work());
        var cleaner =
            new Cleaner(
                run.sourceSchema(),
                run.spec().cleaning(),
                (rule, sink) -> reference(run, rule, sink),
                work.path())) {
      var plan = TreatmentPlan.of(run.sourceSchema(), run.spec().treatments(), key);
      try (var stream = streams.open(run, plan.treatedSchema())) {
        seals.begin(run, stream);
        var columns = run.sourceSchema().columns().stream().map(ColumnSpec::of).toList();
        try (var child =
            ReaderProcess.start(request(source, columns, false, work.path()), limits)) {
          var outcome =
              new IntakeRun(run, stream, cleaner, plan, probe, figures).stream(child, goOn);
          switch (outcome) {
            case IntakeRun.Outcome.Stopped stopped -> {}
            case IntakeRun.Outcome.Complete complete -> {
              probe.reach(CrashPoint.BEFORE_SEAL);
              seals.seal(run, plan.treatedSchema(), stream.offsets(), complete.quality());
              probe.reach(CrashPoint.AFTER_SEAL);
            }
          }
        }
      }
    }
  }

  /** Reads one column of another source of the same provider, as texts. */
  private void reference(Run run, CleaningRule.Reference rule, Consumer<String> sink) {
    Source other = source(run.provider(), rule.source().orElseThrow());
    var column = new ColumnSpec(rule.sourceColumn().orElseThrow(), ColumnType.STRING, 0);
    try (var work = WorkDirectory.below(files.work());
        var child =
            ReaderProcess.start(request(other, List.of(column), true, work.path()), limits)) {
      var row = new Row(1);
      while (child.next(row)) {
        if (row.fault().isEmpty() && !row.isNull(0)) {
          sink.accept(row.text(0));
        }
      }
    }
  }

  private Source source(dev.weir.kernel.CreditCode provider, SourceId id) {
    return database
        .asService("run-source", handle -> sources.find(handle, id))
        .filter(source -> source.provider().equals(provider))
        .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such source."));
  }

  private ReadRequest request(
      Source source, List<ColumnSpec> columns, boolean onlyListed, Path workDirectory) {
    if (source.status() == Source.Status.UNREADABLE) {
      throw new ReadFaultException(ReadFault.READER_FAILED);
    }
    return new ReadRequest(
        ReadRequest.Mode.ROWS,
        files.file(source.id()).toString(),
        source.format(),
        source.reading(),
        columns,
        onlyListed,
        workDirectory.toString(),
        limits.engineMb());
  }
}
