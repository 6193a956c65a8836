package dev.weir.intake.run;

import dev.weir.intake.child.ReaderProcess;
import dev.weir.intake.cleaning.Cleaner;
import dev.weir.intake.cleaning.QualityReport;
import dev.weir.intake.cleaning.Verdict;
import dev.weir.intake.frame.Row;
import dev.weir.intake.record.RecordEncoder;
import dev.weir.intake.record.RecordIds;
import dev.weir.intake.source.IntakeFigures;
import dev.weir.intake.treatment.TreatmentPlan;
import dev.weir.schemas.avro.DeadLetter;
import java.util.function.Predicate;

/**
 * Streams one source: read, clean, treat, encode, send, commit every {@link #ROWS_PER_COMMIT} rows.
 * After a crash the rows are read and cleaned again from the first, so that uniqueness and the
 * quality report come out the same, and are sent from where the committed progress ends. Confined
 * to one thread.
 */
final class IntakeRun {
  static final int ROWS_PER_COMMIT = 20_000;

  private final Run run;
  private final RecordStream stream;
  private final Cleaner cleaner;
  private final TreatmentPlan plan;
  private final RecordEncoder encoder;
  private final RecordIds ids;
  private final CrashPoint.Probe probe;
  private final IntakeFigures figures;
  private final Row row;
  private final Row treated;
  private long sentAccepted;
  private long sentRejected;

  IntakeRun(
      Run run,
      RecordStream stream,
      Cleaner cleaner,
      TreatmentPlan plan,
      CrashPoint.Probe probe,
      IntakeFigures figures) {
    this.run = run;
    this.stream = stream;
    this.cleaner = cleaner;
    this.plan = plan;
    this.probe = probe;
    this.figures = figures;
    this.encoder = new RecordEncoder(plan.treatedSchema(), stream.schemaId(), run.dataVersion());
    this.ids = new RecordIds(run.sourceSha256());
    this.row = new Row(run.sourceSchema().columns().size());
    this.treated = new Row(plan.treatedSchema().columns().size());
  }

  /** How streaming ended. */
  sealed interface Outcome {
    /** Every row is committed. */
    record Complete(QualityReport quality) implements Outcome {}

    /** {@code goOn} said no; what was not committed is forgotten. */
    record Stopped() implements Outcome {}
  }

  /**
   * Streams all rows.
   *
   * @param goOn told the progress after each commit; false ends the run
   */
  Outcome stream(ReaderProcess source, Predicate<RecordStream.Progress> goOn) {
    long from = stream.progress().nextOrdinal();
    probe.reach(CrashPoint.STREAM_OPENED);
    long uncommitted = 0;
    while (source.next(row)) {
      Verdict verdict = cleaner.clean(row);
      if (row.ordinal() >= from) {
        send(verdict);
        uncommitted++;
      }
      if (uncommitted == ROWS_PER_COMMIT
          || (row.ordinal() < from && row.ordinal() % ROWS_PER_COMMIT == 0)) {
        if (uncommitted > 0) {
          commit(row.ordinal() + 1);
        }
        uncommitted = 0;
        if (!goOn.test(progress(row.ordinal() + 1))) {
          return new Outcome.Stopped();
        }
      }
    }
    long rows = cleaner.quality().accepted() + cleaner.quality().rejected();
    if (uncommitted > 0 || from == 0) {
      commit(rows);
    }
    return new Outcome.Complete(cleaner.quality().report(run.id().toString(), run.sourceSha256()));
  }

  private void send(Verdict verdict) {
    switch (verdict) {
      case Verdict.Accepted accepted -> {
        plan.treat(row, treated);
        byte[] id = ids.of(row.ordinal());
        stream.accept(row.ordinal(), id, encoder.encode(id, treated));
        sentAccepted++;
      }
      case Verdict.Rejected rejected -> {
        stream.reject(
            new DeadLetter(
                run.spec().resourceId().toString(),
                run.id().toString(),
                row.ordinal(),
                rejected.rule(),
                rejected.column(),
                DeadLetterPayload.of(row, run.sourceSchema())));
        sentRejected++;
      }
    }
    probe.reach(CrashPoint.ROW_SENT);
  }

  private void commit(long nextOrdinal) {
    probe.reach(CrashPoint.BEFORE_COMMIT);
    stream.commit(progress(nextOrdinal));
    figures.committed(sentAccepted, sentRejected);
    sentAccepted = 0;
    sentRejected = 0;
    probe.reach(CrashPoint.AFTER_COMMIT);
  }

  private RecordStream.Progress progress(long nextOrdinal) {
    return new RecordStream.Progress(
        nextOrdinal, cleaner.quality().accepted(), cleaner.quality().rejected());
  }
}
