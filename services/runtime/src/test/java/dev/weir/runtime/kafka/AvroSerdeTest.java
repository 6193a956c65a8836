package dev.weir.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.schemas.avro.EvidenceEntry;
import dev.weir.schemas.avro.IntakeProgress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {
  private final InMemorySchemaIds ids = new InMemorySchemaIds();
  private final AvroSerde serde = new AvroSerde(ids);

  @Test
  void generatedRecord_comesBackAsItsClass() {
    // given
    var progress = new IntakeProgress("run", "resource", 7L, 5L, 2L);
    // when
    var back = read(write(progress));
    // then
    assertThat(back).isEqualTo(progress).isInstanceOf(IntakeProgress.class);
  }

  @Test
  void recordOfAResource_comesBackWithTheWritersFields() {
    // given
    Schema schema =
        SchemaBuilder.record("R")
            .namespace("dev.weir.records")
            .fields()
            .requiredLong("_version")
            .optionalString("c1")
            .endRecord();
    var record = new GenericRecordBuilder(schema).set("_version", 3L).set("c1", "x").build();
    // when
    var back = (GenericRecord) read(write(record));
    // then
    assertThat(back.get("_version")).isEqualTo(3L);
    assertThat(back.get("c1")).hasToString("x");
  }

  @Test
  void frame_isAZeroByteAndTheIdInFour() {
    // when
    byte[] bytes = write(new IntakeProgress("run", "resource", 0L, 0L, 0L));
    // then
    assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void tombstone_staysNull() {
    assertThat(serde.serializer().serialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void randomBytes_areRefusedWithoutShowingThem() {
    // given
    write(new EvidenceEntry("id", "space", List.of("p"), ByteBuffer.wrap(new byte[3])));
    long seed = 20260101;
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      byte[] framed = AvroBytes.frame(1, noise);
      // when / then
      try {
        assertThat(read(framed)).as("seed %d", seed).isInstanceOf(EvidenceEntry.class);
      } catch (SerializationException refused) {
        assertThat(refused).hasNoCause();
      }
    }
  }

  @Test
  void bytesLeftOver_areRefused() {
    // given
    byte[] whole = write(new IntakeProgress("run", "resource", 0L, 0L, 0L));
    // when / then
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void arrayOfNothing_thatClaimsTwoBillionItems_isRefused() {
    // given: an array of nulls costs no bytes, however long it says it is
    Schema schema =
        SchemaBuilder.record("Bomb")
            .namespace("dev.weir.records")
            .fields()
            .name("items")
            .type()
            .array()
            .items()
            .nullType()
            .noDefault()
            .endRecord();
    int id = ids.idOf("t-value", schema);
    byte[] bomb = AvroBytes.frame(id, new byte[] {(byte) 0xfe, (byte) 0xff, -1, -1, 15, 0});
    // when / then
    assertThatThrownBy(() -> read(bomb)).isInstanceOf(SerializationException.class);
  }

  @Test
  void value_overTheLimit_isRefusedByWriterAndReader() {
    // given
    byte[] large = new byte[AvroBytes.MAX_VALUE_BYTES + 1];
    var entry = new EvidenceEntry("id", "space", List.of(), ByteBuffer.wrap(large));
    // when / then
    assertThatThrownBy(() -> write(entry)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(AvroBytes.frame(1, large)))
        .isInstanceOf(SerializationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'string','java-class':'java.io.File'}",
        "{'type':'array','items':'string','java-class':'java.io.File'}",
        "{'type':'map','values':'string','java-key-class':'javax.swing.ImageIcon'}",
        "{'type':'array','items':{'type':'string','java-class':'java.net.URL'}}",
        "['null',{'type':'string','java-class':'java.io.File'}]",
      })
  void schema_thatNamesAClass_isRefused(String type) {
    // given
    String json =
        ("{'type':'record','name':'A','namespace':'dev.weir.records','fields':"
                + "[{'name':'f','type':"
                + type
                + "}]}")
            .replace('\'', '"');
    // when / then
    assertThatThrownBy(() -> SchemaCheck.parse(json)).isInstanceOf(SchemaIds.SchemaRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "not json", "{\"type\":\"nothing\"}"})
  void text_thatIsNoSchema_isRefused(String text) {
    assertThatThrownBy(() -> SchemaCheck.parse(text)).isInstanceOf(SchemaIds.SchemaRefused.class);
  }

  @Test
  void avroItself_refusesAClassOfTheJdk_whateverReadsIt() throws Exception {
    // given: past our own check, as a library inside the process might read it
    Schema file =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "A", "namespace": "dev.weir.records", "fields": [
                  {"name": "f", "type": {"type": "string", "java-class": "java.io.File"}}]}
                """);
    AvroTrust.establish();
    byte[] bytes = {8, 'p', 'a', 't', 'h'};
    var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    // when / then
    assertThatThrownBy(() -> new SpecificDatumReader<GenericData.Record>(file).read(null, decoder))
        .isInstanceOf(SecurityException.class);
  }

  private byte[] write(Object value) {
    return serde.serializer().serialize("topic", value);
  }

  private Object read(byte[] bytes) {
    return serde.deserializer().deserialize("topic", bytes);
  }
}
