package dev.weir.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/**
 * The digest by which two sides name the same JSON however it is laid out: SHA-256 of its RFC 8785
 * bytes. A number that RFC 8785 would change, having no exact double, stands as a string of its
 * plain decimal digits, as that standard's appendix on numbers advises; no digit is lost.
 */
public final class JsonDigest {
  private static final ObjectMapper MAPPER = Json.mapper();
  private static final int MAX_DIGITS = 1_000;

  private JsonDigest() {}

  /**
   * @return 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException when the text is no JSON object or array, or exceeds our
   *     limits
   */
  public static String ofText(String json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a digest is taken of JSON only", e);
    }
  }

  /**
   * @return 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException when it is neither object nor array, or a number has more than
   *     a thousand digits
   */
  public static String of(JsonNode tree) {
    return Json.sha256Hex(Json.canonical(exact(tree)));
  }

  private static JsonNode exact(JsonNode node) {
    if (node.isNumber() && !CanonicalJson.isExact(node.decimalValue())) {
      return TextNode.valueOf(digits(node.decimalValue().stripTrailingZeros()));
    }
    if (node.isArray()) {
      var items = MAPPER.createArrayNode();
      node.forEach(item -> items.add(exact(item)));
      return items;
    }
    if (node.isObject()) {
      var members = MAPPER.createObjectNode();
      node.properties().forEach(member -> members.set(member.getKey(), exact(member.getValue())));
      return members;
    }
    return node;
  }

  private static String digits(BigDecimal number) {
    if (Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new IllegalArgumentException("a number has more than " + MAX_DIGITS + " digits");
    }
    return number.toPlainString();
  }
}
