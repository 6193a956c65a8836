package dev.weir.policy.bundle;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.kernel.Operation;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the verified files; anything unknown, doubled or missing refuses the bundle. */
final class BundleReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BundleReader() {}

  /** Shape of {@code bundle.json}. */
  record Head(String version, Floors floors, List<ProhibitedCategory> prohibited) {
    Head {
      prohibited = List.copyOf(prohibited);
    }
  }

  /** Shape of {@code operations.json}. */
  record Operations(List<OperationRule> operations) {
    Operations {
      operations = List.copyOf(operations);
    }
  }

  static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException | RuntimeException e) {
      throw new UntrustedBundleException(
          "the bundle's " + type.getSimpleName() + " is not valid", e);
    }
  }

  static Map<Operation, OperationRule> byOperation(List<OperationRule> rules) {
    var map = new EnumMap<Operation, OperationRule>(Operation.class);
    for (OperationRule rule : rules) {
      if (map.put(rule.operation(), rule) != null) {
        throw new UntrustedBundleException("operation " + rule.operation() + " has two rows");
      }
    }
    return map;
  }
}
