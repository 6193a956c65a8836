package dev.weir.runtime.kafka;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro may load and how much it may read, set once before its first use: only classes below
 * {@code dev.weir} beside Avro's own value types, whatever a schema names.
 */
final class AvroTrust {
  static final int MAX_STRING_BYTES = 1 << 20;
  static final int MAX_COLLECTION_ITEMS = 1 << 16;
  private static final String ROOT = "dev.weir.";

  static {
    limit("org.apache.avro.limits.string.maxLength", MAX_STRING_BYTES);
    limit("org.apache.avro.limits.bytes.maxLength", MAX_STRING_BYTES);
    limit("org.apache.avro.limits.collectionItems.maxLength", MAX_COLLECTION_ITEMS);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT_TRUSTED_CLASSES, AvroTrust::isOurs));
  }

  private AvroTrust() {}

  /** Makes the settings hold; later calls do nothing. */
  static void establish() {
    // The static initialiser did it.
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith(ROOT);
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }
}
