package dev.weir.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import org.erdtman.jcs.JsonCanonicalizer;

/** RFC 8785 over what our mapper writes; refuses numbers that the format would silently change. */
final class CanonicalJson {
  private static final ObjectMapper MAPPER = Json.mapper();

  private CanonicalJson() {}

  static byte[] write(Object value) {
    JsonNode tree = MAPPER.valueToTree(value);
    checkNumbers(tree);
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsBytes(tree)).getEncodedUTF8();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the value has no JSON form", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the value has no canonical form", e);
    }
  }

  private static void checkNumbers(JsonNode node) {
    if (node.isNumber() && !isExact(node.decimalValue())) {
      throw new IllegalArgumentException("a number has no exact double; write it as a string");
    }
    node.forEach(CanonicalJson::checkNumbers);
  }

  /** Whether RFC 8785 keeps the number: the shortest form of its double is the number itself. */
  static boolean isExact(BigDecimal number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest)
        && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0;
  }
}
