package dev.weir.intake.run;

import dev.weir.intake.record.RecordAvro;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.kafka.TopicCatalogue;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Opens transactional streams to Kafka, one transactional id per run. Thread-safe. */
public final class KafkaRecordStreams implements RecordStreams {
  private final KafkaClients kafka;
  private final TopicCatalogue catalogue;

  public KafkaRecordStreams(KafkaClients kafka, TopicCatalogue catalogue) {
    this.kafka = kafka;
    this.catalogue = catalogue;
  }

  /**
   * @throws ProblemException of type {@link ProblemType#SCHEMA_INCOMPATIBLE} when the columns
   *     differ too much from earlier versions
   */
  @Override
  public RecordStream open(Run run, RecordSchema treated) {
    String records = TopicCatalogue.records(run.spec().resourceId());
    String deadLetters = TopicCatalogue.deadLetters(run.domainId());
    try (var admin = kafka.admin()) {
      catalogue.ensureTopic(admin, records);
      catalogue.ensureTopic(admin, deadLetters);
      catalogue.ensureTopics(admin, "intake");
    }
    int schemaId = schemaId(records, treated);
    var producer = kafka.transactionalFramedProducer("intake-run-" + run.id());
    try {
      producer.initTransactions();
      var progress = new KafkaProgressLog(kafka).read(run.id());
      producer.beginTransaction();
      return new KafkaRecordStream(kafka, producer, run, records, deadLetters, schemaId, progress);
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      producer.close(java.time.Duration.ZERO);
      throw new RecordStream.Fenced(e);
    } catch (RuntimeException e) {
      producer.close(java.time.Duration.ZERO);
      throw e;
    }
  }

  private int schemaId(String topic, RecordSchema treated) {
    try {
      return kafka.schemaIds().idOf(topic + "-value", RecordAvro.schema(treated));
    } catch (SchemaIds.SchemaRefused e) {
      throw new ProblemException(
          ProblemType.SCHEMA_INCOMPATIBLE,
          "The treated columns are not compatible with the resource's earlier versions.");
    }
  }
}
