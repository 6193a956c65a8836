package dev.weir.runtime.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The one way JSON is read and written. All methods are thread-safe. */
public final class Json {
  public static final int MAX_DEPTH = 50;
  public static final int MAX_NUMBER_CHARACTERS = 64;
  public static final int MAX_STRING_CHARACTERS = 1 << 20;
  public static final int MAX_NAME_CHARACTERS = 256;
  public static final int MAX_DOCUMENT_CHARACTERS = 8 << 20;

  private static final ObjectMapper SHARED = newMapper();

  private Json() {}

  /** The mapper of {@link #newMapper()} that everybody shares; nobody configures it further. */
  public static ObjectMapper mapper() {
    return SHARED;
  }

  /**
   * A new mapper, for one who adds to it: it learns every class anew. It reads UTF-8 and nothing
   * else (RFC 8259), whatever the first bytes look like. It refuses unknown and repeated fields,
   * trailing text, missing or null components of records (an {@code Optional} may be missing),
   * numbers where text is due and text where numbers are; limits depth and lengths; never picks a
   * class by what the text says. Instants are ISO 8601 in UTC, decimals exact, absent optionals are
   * left out.
   */
  public static ObjectMapper newMapper() {
    return JsonMapper.builder(factory())
        .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule(), text())
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(
            DeserializationFeature.ACCEPT_FLOAT_AS_INT,
            DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(
            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
            SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .serializationInclusion(JsonInclude.Include.NON_ABSENT)
        .build();
  }

  /**
   * Reads one document of foreign bytes. Jackson itself takes {@code null} for a document of every
   * type.
   *
   * @throws JacksonException when it is not one, {@code null} included
   */
  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return required(SHARED.readValue(json, type), type);
  }

  /**
   * What was read, where it is a document.
   *
   * @throws JacksonException when it was {@code null}
   */
  public static <T> T required(@Nullable T document, Class<?> type) throws JacksonException {
    if (document == null) {
      throw MismatchedInputException.from(null, type, "null is no document");
    }
    return document;
  }

  /**
   * The RFC 8785 bytes of a value as {@link #mapper()} writes it.
   *
   * @throws IllegalArgumentException when a number has no exact double, so that RFC 8785 would
   *     change it, or a string is not valid Unicode
   */
  public static byte[] canonical(Object value) {
    return CanonicalJson.write(value);
  }

  /** SHA-256 in 64 lower-case hexadecimal digits. */
  public static String sha256Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static SimpleModule text() {
    return new SimpleModule("text").addDeserializer(String.class, new TextDeserializer());
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_CHARACTERS)
                .maxStringLength(MAX_STRING_CHARACTERS)
                .maxNameLength(MAX_NAME_CHARACTERS)
                .maxDocumentLength(MAX_DOCUMENT_CHARACTERS)
                .build())
        .disable(JsonFactory.Feature.CHARSET_DETECTION) // its refusals are none of Jackson's
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }
}
