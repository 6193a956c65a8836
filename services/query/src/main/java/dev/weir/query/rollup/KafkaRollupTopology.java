package dev.weir.query.rollup;

import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.schemas.avro.EpochClosed;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The counting of one set of cells:
 *
 * <pre>
 * resource.&lt;id&gt;.records → read → [by person] bound → [one partition] count → query.cells
 *                             └→ dead letters            ↑ seals              └→ query.epochs
 * </pre>
 *
 * <p>Reading and bounding share their partitions among instances. The counting of one set of cells
 * is one task, because an epoch is closed in one place; other sets have other tasks.
 */
final class KafkaRollupTopology {
  private static final int PERSON_PARTITIONS = 2;

  private KafkaRollupTopology() {}

  /**
   * @param avro reads records and seals, writes cells, epochs and dead letters
   */
  static Topology of(
      RollupSpec spec,
      Serde<Object> avro,
      EpochDesk desk,
      RollupFigures figures,
      StreamsBuilder builder) {
    var text = Serdes.String();
    builder.globalTable(
        KafkaSeals.TOPIC,
        Consumed.with(text, avro),
        Materialized.<String, Object>as(Stores.inMemoryKeyValueStore(KafkaSeals.STORE))
            .withKeySerde(text)
            .withValueSerde(avro));
    var taken =
        builder.stream(
                TopicCatalogue.records(spec.resourceId()), Consumed.with(text, Serdes.ByteArray()))
            .process(() -> new KafkaRecordReading(spec, avro));
    taken
        .flatMapValues(one -> one.letter().stream().map(Object.class::cast).toList())
        .to(TopicCatalogue.deadLetters(spec.domainId()), Produced.with(text, avro));
    var published =
        bounded(spec, taken.mapValues(KafkaRecordReading.Taken::contribution))
            .repartition(
                Repartitioned.with(text, new KafkaContributionSerde())
                    .withName("counting")
                    .withNumberOfPartitions(1))
            .process(counting(spec, desk, figures));
    published
        .filter((key, message) -> !(message instanceof EpochClosed))
        .to(CellMessages.CELLS_TOPIC, Produced.with(text, avro));
    published
        .filter((key, message) -> message instanceof EpochClosed)
        .to(CellMessages.EPOCHS_TOPIC, Produced.with(text, avro));
    return builder.build();
  }

  private static KStream<String, Contribution> bounded(
      RollupSpec spec, KStream<String, Contribution> contributions) {
    return spec.contribution().isEmpty()
        ? contributions
        : contributions
            .repartition(
                Repartitioned.with(Serdes.String(), new KafkaContributionSerde())
                    .withName("persons")
                    .withNumberOfPartitions(PERSON_PARTITIONS))
            .process(
                withStores(
                    () -> new KafkaPersonBound(spec),
                    Set.of(bytes(KafkaPersonBound.STORE, Serdes.Bytes()))));
  }

  private static ProcessorSupplier<String, Contribution, String, Object> counting(
      RollupSpec spec, EpochDesk desk, RollupFigures figures) {
    return withStores(
        () -> new KafkaCellCounting(spec, desk, figures),
        Set.of(
            bytes(KafkaCellCounting.CELLS, Serdes.Bytes()),
            bytes(KafkaCellCounting.RUNS, Serdes.String()),
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(KafkaCellCounting.PUBLISHED),
                Serdes.String(),
                Serdes.Long())));
  }

  /** Cached, so that a key that changes often is written once a commit. */
  private static <K> StoreBuilder<?> bytes(String name, Serde<K> key) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), key, Serdes.ByteArray())
        .withCachingEnabled();
  }

  private static <K, V, L, W> ProcessorSupplier<K, V, L, W> withStores(
      java.util.function.Supplier<Processor<K, V, L, W>> processor, Set<StoreBuilder<?>> stores) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<K, V, L, W> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return stores;
      }
    };
  }
}
