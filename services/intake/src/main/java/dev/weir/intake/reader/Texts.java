package dev.weir.intake.reader;

/** Bounds of texts that travel beside the data. */
final class Texts {
  private static final int MAX_RAW_CHARS = 64 << 10;

  private Texts() {}

  /** The first 65,536 characters, never half a surrogate pair. */
  static String clip(String raw) {
    if (raw.length() <= MAX_RAW_CHARS) {
      return raw;
    }
    boolean splits = Character.isHighSurrogate(raw.charAt(MAX_RAW_CHARS - 1));
    return raw.substring(0, splits ? MAX_RAW_CHARS - 1 : MAX_RAW_CHARS);
  }
}
