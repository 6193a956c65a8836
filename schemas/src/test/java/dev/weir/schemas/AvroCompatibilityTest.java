package dev.weir.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schemas only grow. {@code editions/<n>/} keeps each schema as it was once released and {@code
 * <name>.hex} a message written with it; neither is ever edited. A change of a schema adds an
 * edition.
 */
class AvroCompatibilityTest {
  private static final Path CURRENT = Path.of("avro");
  private static final Path EDITIONS = Path.of("src", "test", "resources", "editions");

  static List<Path> releasedSchemas() throws IOException {
    return find(EDITIONS);
  }

  static List<Path> currentSchemas() throws IOException {
    return find(CURRENT);
  }

  @ParameterizedTest
  @MethodSource("releasedSchemas")
  void messageOfAnyEdition_isReadByTheCurrentSchema_andTheOtherWayRound(Path released)
      throws IOException {
    // given
    Schema old = parse(released);
    Schema now = parse(CURRENT.resolve(released.getFileName()));
    // when
    var backward = SchemaCompatibility.checkReaderWriterCompatibility(now, old);
    var forward = SchemaCompatibility.checkReaderWriterCompatibility(old, now);
    // then
    assertThat(backward.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    assertThat(forward.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  @ParameterizedTest
  @MethodSource("releasedSchemas")
  void goldenBytesOfAnyEdition_stillDecode(Path released) throws IOException {
    // given
    Schema old = parse(released);
    Schema now = parse(CURRENT.resolve(released.getFileName()));
    var golden = released.resolveSibling(released.getFileName().toString().replace("avsc", "hex"));
    byte[] bytes = HexFormat.of().parseHex(Files.readString(golden).strip());
    // when
    var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    var record = new GenericDatumReader<GenericRecord>(old, now).read(null, decoder);
    // then
    var expected = sample(old);
    for (Schema.Field field : old.getFields()) {
      assertThat(record.get(field.name())).hasToString(expected.get(field.name()).toString());
    }
    assertThat(HexFormat.of().formatHex(encode(expected))).isEqualTo(golden(golden));
  }

  @ParameterizedTest
  @MethodSource("currentSchemas")
  void everySchema_isInAnEditionAndSaysWhatItIsFor(Path current) throws IOException {
    // given
    Schema schema = parse(current);
    // when
    var editions =
        releasedSchemas().stream()
            .filter(path -> path.getFileName().equals(current.getFileName()))
            .toList();
    // then
    assertThat(editions).as("an edition of %s", current.getFileName()).isNotEmpty();
    assertThat(schema.getDoc()).isNotBlank();
    assertThat(schema.getNamespace()).isEqualTo("dev.weir.schemas.avro");
  }

  @ParameterizedTest
  @MethodSource("currentSchemas")
  void fieldAddedAfterTheFirstEdition_hasADefaultAndADoc(Path current) throws IOException {
    // given
    Schema schema = parse(current);
    Schema first = parse(EDITIONS.resolve("1").resolve(current.getFileName()));
    // when
    var added =
        schema.getFields().stream().filter(field -> first.getField(field.name()) == null).toList();
    // then
    assertThat(added).allMatch(field -> field.hasDefaultValue() && field.doc() != null);
  }

  private static String golden(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static GenericRecord sample(Schema schema) {
    var record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.name(), value(field));
    }
    return record;
  }

  private static Object value(Schema.Field field) {
    return switch (field.schema().getType()) {
      case STRING -> "sample " + field.name();
      case INT -> 1_000 + field.pos();
      case LONG -> 1_000_000L + field.pos();
      case BYTES -> ByteBuffer.wrap(new byte[] {0, 1, (byte) 0xff});
      case ARRAY ->
          field.schema().getElementType().getType() == Schema.Type.LONG
              ? List.of(1L, 2L)
              : List.of("one", "two");
      default -> throw new IllegalStateException("no sample for " + field.schema().getType());
    };
  }

  private static byte[] encode(GenericRecord record) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    return bytes.toByteArray();
  }

  private static Schema parse(Path file) throws IOException {
    return new Schema.Parser().parse(Files.readString(file));
  }

  private static List<Path> find(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(path -> path.toString().endsWith(".avsc")).sorted().toList();
    }
  }
}
