package dev.weir.query.rollup;

import dev.weir.kernel.RunId;
import dev.weir.runtime.kafka.AvroSerde;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.schemas.avro.CellTile;
import dev.weir.schemas.avro.EpochClosed;
import dev.weir.schemas.avro.VersionSealed;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in memory, with records put into it by hand. */
final class TopologyFixture implements AutoCloseable {
  private final AvroSerde avro = new AvroSerde(new Ids());
  private final Schema schema = schema();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> records;
  private final TestInputTopic<String, Object> seals;
  final TestOutputTopic<String, Object> cells;
  final TestOutputTopic<String, Object> epochs;
  final TestOutputTopic<String, Object> letters;
  private long ordinal;

  TopologyFixture(RollupSpec spec, EpochDesk desk) {
    var settings = new Properties();
    settings.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "query-rollup-test",
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2));
    driver =
        new TopologyTestDriver(
            KafkaRollupTopology.of(
                spec,
                avro,
                desk,
                new RollupFigures(new PrometheusRegistry()),
                new StreamsBuilder()),
            settings);
    records =
        driver.createInputTopic(
            TopicCatalogue.records(Trips.RESOURCE),
            new StringSerializer(),
            new ByteArraySerializer());
    seals = driver.createInputTopic(KafkaSeals.TOPIC, new StringSerializer(), avro.serializer());
    cells = output(CellMessages.CELLS_TOPIC);
    epochs = output(CellMessages.EPOCHS_TOPIC);
    letters = output(TopicCatalogue.deadLetters(Trips.DOMAIN));
  }

  private TestOutputTopic<String, Object> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), avro.deserializer());
  }

  void trip(
      RunId run,
      long version,
      @Nullable String person,
      @Nullable String city,
      @Nullable Long tripClass,
      @Nullable Long fare) {
    var record = new GenericData.Record(schema);
    record.put("_id", ByteBuffer.wrap(new byte[16]));
    record.put("_version", version);
    record.put("person", person);
    record.put("city", city);
    record.put("class", tripClass);
    record.put("fare", fare);
    message(run, avro.serializer().serialize(TopicCatalogue.records(Trips.RESOURCE), record));
  }

  void message(RunId run, byte[] value) {
    var headers = new RecordHeaders();
    UUID id = run.value();
    headers.add(
        TopicCatalogue.RUN_HEADER,
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
    records.pipeInput(new TestRecord<>("r" + ordinal++, value, headers));
  }

  void seal(RunId run, long version, long count) {
    seals.pipeInput(
        Trips.RESOURCE.toString(),
        new VersionSealed(
            Trips.RESOURCE.toString(),
            version,
            run.toString(),
            "",
            count,
            0L,
            List.of(),
            List.of(),
            "",
            "",
            Instant.EPOCH));
  }

  /** Lets the topology look whether something is due. */
  void look() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  List<EpochClosed> closed() {
    var closed = new ArrayList<EpochClosed>();
    epochs.readValuesToList().forEach(value -> closed.add((EpochClosed) value));
    return closed;
  }

  /** The values of the tiles that were published since the last call, one after another. */
  List<Long> values() {
    var values = new ArrayList<Long>();
    cells.readValuesToList().forEach(value -> values.addAll(((CellTile) value).getValues()));
    return values;
  }

  @Override
  public void close() {
    driver.close();
  }

  private static Schema schema() {
    var fields = new ArrayList<Schema.Field>();
    fields.add(new Schema.Field("_id", Schema.create(Schema.Type.BYTES)));
    fields.add(new Schema.Field("_version", Schema.create(Schema.Type.LONG)));
    fields.add(column("person", Schema.Type.STRING));
    fields.add(column("city", Schema.Type.STRING));
    fields.add(column("class", Schema.Type.LONG));
    fields.add(column("fare", Schema.Type.LONG));
    return Schema.createRecord("R", "", "dev.weir.records", false, fields);
  }

  private static Schema.Field column(String name, Schema.Type type) {
    var field =
        new Schema.Field(
            name,
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(type)),
            "",
            JsonProperties.NULL_VALUE);
    field.addProp("weir.name", name);
    return field;
  }

  /** Numbers schemas in the order in which they come. */
  private static final class Ids implements SchemaIds {
    private final List<Schema> known = new ArrayList<>();

    @Override
    public int idOf(String subject, Schema schema) {
      if (!known.contains(schema)) {
        known.add(schema);
      }
      return known.indexOf(schema) + 1;
    }

    @Override
    public Schema schemaOf(int id) {
      if (id < 1 || id > known.size()) {
        throw new SchemaRefused("no such schema");
      }
      return known.get(id - 1);
    }
  }
}
