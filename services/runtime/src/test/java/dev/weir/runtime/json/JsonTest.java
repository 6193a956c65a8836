package dev.weir.runtime.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

  record Value(String text, BigDecimal exact, Instant at, Optional<String> note) {}

  @Test
  void record_survivesARoundTripWithItsDecimalsAndWithoutWhatIsAbsent() throws IOException {
    var value =
        new Value("é", new BigDecimal("0.10000000000000000001"), Instant.EPOCH, Optional.empty());
    String json = Json.mapper().writeValueAsString(value);
    assertThat(json).contains("\"1970-01-01T00:00:00Z\"").doesNotContain("note");
    assertThat(Json.mapper().readValue(json, Value.class)).isEqualTo(value);
  }

  @Test
  void numberOrTextBeyondItsLimit_isRefused() {
    assertThatThrownBy(() -> Json.mapper().readTree("1".repeat(65)))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> Json.mapper().readTree("{\"" + "n".repeat(300) + "\":1}"))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void textThatNobodyMeans_isRefused() throws IOException {
    for (String odd : List.of("a\\u0000", "\\ud800", "\\udc00a", "\\ud800\\ud800\\udc00")) {
      assertThatThrownBy(() -> Json.read(('"' + odd + '"').getBytes(UTF_8), String.class))
          .as(odd)
          .isInstanceOf(JsonProcessingException.class);
    }
    assertThat(Json.read("\"\\ud83d\\ude00堰\"".getBytes(UTF_8), String.class)).hasSize(3);
  }

  @Test
  void bytesThatLookLikeUtf32_areRefusedLikeAnyOther() {
    byte[] wide = {0, 0, 0, '{', 0, 0x11, 0, 0};
    assertThatThrownBy(() -> Json.read(wide, Value.class))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> Json.mapper().readTree("{}".getBytes(UTF_16LE)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void canonical_refusesNumbersThatItWouldChange() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.canonical(9007199254740993L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.canonical(List.of(new BigDecimal("0.1234567890123456789"))));
    assertThat(Json.canonical(Map.of("b", 1, "a", new BigDecimal("0.10"))))
        .isEqualTo("{\"a\":0.1,\"b\":1}".getBytes(UTF_8));
  }

  @Test
  void canonical_matchesTheVectorsOfRfc8785() throws IOException {
    var vectors =
        Path.of(System.getProperty("weir.data", "absent"), "json-canonicalization-rfc8785");
    assumeTrue(Files.isDirectory(vectors), "json-canonicalization-rfc8785 of weir.data is absent");
    int compared = 0;
    try (var inputs = Files.walk(vectors)) {
      for (Path input : inputs.filter(f -> f.getParent().endsWith("input")).toList()) {
        Path output = input.getParent().resolveSibling("output").resolve(input.getFileName());
        JsonNode tree = Json.mapper().readTree(Files.readAllBytes(input));
        assertThat(canonicalOrSkip(tree, Files.readAllBytes(output))).as("%s", input).isTrue();
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  /** A vector may hold numbers beyond a double on purpose; those we refuse. */
  private static boolean canonicalOrSkip(JsonNode tree, byte[] expected) {
    try {
      return java.util.Arrays.equals(Json.canonical(tree), expected);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).startsWith("a number has no exact double");
    }
  }
}
