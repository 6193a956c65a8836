package dev.weir.benchmarks.intake;

import dev.weir.intake.child.ReaderLimits;
import dev.weir.intake.child.ReaderProcess;
import dev.weir.intake.child.WorkDirectory;
import dev.weir.intake.cleaning.Cleaner;
import dev.weir.intake.cleaning.CleaningRule;
import dev.weir.intake.cleaning.Verdict;
import dev.weir.intake.frame.Row;
import dev.weir.intake.reader.ColumnSpec;
import dev.weir.intake.reader.ReadRequest;
import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceFormat;
import dev.weir.intake.record.RecordAvro;
import dev.weir.intake.record.RecordEncoder;
import dev.weir.intake.record.RecordIds;
import dev.weir.intake.treatment.ColumnTreatment;
import dev.weir.intake.treatment.FileLineageKeys;
import dev.weir.intake.treatment.Treatment;
import dev.weir.intake.treatment.TreatmentPlan;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.kafka.KafkaClients;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run does with each row: read in the capped child process, clean, treat, encode, send in
 * transactions. Confined to one thread.
 */
final class IntakeLine {
  private static final Reading UTC =
      new Reading(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("UTC"));
  private static final String SOURCE_SHA256 = "00".repeat(32);

  private static final RecordSchema FLIGHTS =
      new RecordSchema(
          List.of(
              column("date", ColumnType.TIMESTAMP),
              column("delay", ColumnType.INTEGER),
              column("distance", ColumnType.INTEGER),
              column("origin", ColumnType.STRING),
              column("destination", ColumnType.STRING)));

  private static final List<CleaningRule> RULES =
      List.of(
          new CleaningRule.Range(
              "distance", Optional.of("0"), Optional.empty(), CleaningRule.Action.REJECT),
          new CleaningRule.Pattern("origin", "[A-Z]{3}", CleaningRule.Action.REJECT));

  private static final List<ColumnTreatment> TREATMENTS =
      List.of(
          new ColumnTreatment(
              "date", new Treatment.Truncate(Treatment.Unit.MONTH, Optional.empty())));

  private final KafkaClients kafka;
  private final Path file;
  private final Path directory;

  IntakeLine(KafkaClients kafka, Path file, Path directory) {
    this.kafka = kafka;
    this.file = file;
    this.directory = directory;
  }

  /**
   * Streams the first rows of the file into a topic of their own.
   *
   * @param sent is given each message value
   */
  void stream(int rows, Consumer<byte[]> sent) {
    var keys = new FileLineageKeys(directory.resolve("keys"), new SecureRandom());
    try (var work = WorkDirectory.below(directory.resolve("work"));
        var key = keys.open(LineageId.random());
        var cleaner = new Cleaner(FLIGHTS, RULES, (rule, sink) -> {}, work.path());
        var child = ReaderProcess.start(request(work), ReaderLimits.DEFAULT);
        var topic = TransactionalTopic.open(kafka)) {
      var plan = TreatmentPlan.of(FLIGHTS, TREATMENTS, key);
      int schema = topic.schemaId(RecordAvro.schema(plan.treatedSchema()));
      var encoder = new RecordEncoder(plan.treatedSchema(), schema, 1);
      var ids = new RecordIds(SOURCE_SHA256);
      var row = new Row(FLIGHTS.columns().size());
      var treated = new Row(plan.treatedSchema().columns().size());
      for (int i = 0; i < rows && child.next(row); i++) {
        if (!(cleaner.clean(row) instanceof Verdict.Accepted)) {
          throw new IllegalStateException("the public flights break no rule of ours");
        }
        plan.treat(row, treated);
        byte[] id = ids.of(row.ordinal());
        byte[] value = encoder.encode(id, treated);
        topic.send(row.ordinal(), id, value);
        sent.accept(value);
      }
    }
  }

  /** The peer: the same values, as often as it takes, to another topic with nothing before it. */
  void sendAgain(int rows, List<byte[]> values) {
    try (var topic = TransactionalTopic.open(kafka)) {
      var ids = new RecordIds(SOURCE_SHA256);
      for (int i = 0; i < rows; i++) {
        topic.send(i, ids.of(i), values.get(i % values.size()));
      }
    }
  }

  private ReadRequest request(WorkDirectory work) {
    return new ReadRequest(
        ReadRequest.Mode.ROWS,
        file.toAbsolutePath().toString(),
        SourceFormat.PARQUET,
        UTC,
        FLIGHTS.columns().stream().map(ColumnSpec::of).toList(),
        false,
        work.path().toString(),
        ReaderLimits.DEFAULT.engineMb());
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");
  }
}
