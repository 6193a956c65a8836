package dev.weir.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDigestTest {

  @Test
  void digest_isOfTheRfc8785Bytes() {
    // given
    String canonical = "{\"a\":[1.5,null,true],\"b\":\"值\"}";
    // then
    assertThat(JsonDigest.ofText("{ \"b\": \"\\u503c\", \"a\": [1.50, null, true] }"))
        .isEqualTo(Json.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void digest_ofANumberThatNoDoubleHolds_keepsEveryDigit() {
    // given
    String canonical = "{\"n\":\"12345678901234567890\"}";
    // then
    assertThat(JsonDigest.ofText("{\"n\":12345678901234567890.0}"))
        .isEqualTo(Json.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(JsonDigest.ofText("{\"n\":12345678901234567891}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"n\":0.1000000000000000000001}", "{\"n\":0.2}", "{\"n\":\"0.1\"}", "[0.1]"})
  void digest_ofAnotherValue_isAnother(String other) {
    assertThat(JsonDigest.ofText(other)).isNotEqualTo(JsonDigest.ofText("{\"n\":0.1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "0.1",
        "{\"n\":1,\"n\":2}",
        "{\"n\":1e999999999}",
        "{\"n\":-1e-999999999}"
      })
  void digest_ofNoJsonOrOfAnEndlessNumber_isRefused(String text) {
    assertThatThrownBy(() -> JsonDigest.ofText(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
