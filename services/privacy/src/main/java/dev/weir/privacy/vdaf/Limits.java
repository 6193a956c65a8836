package dev.weir.privacy.vdaf;

/** Checks of parameters that come from a configuration or from another party. */
final class Limits {
  private Limits() {}

  static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1 and below 2^63");
    }
  }

  static void vector(int length, int chunkLength) {
    atLeastOne("length", length);
    atLeastOne("chunk_length", chunkLength);
    encoded(chunkLength);
  }

  static void encoded(long elements) {
    if (elements > Prio3Instance.MAX_ENCODED_ELEMENTS) {
      throw new IllegalArgumentException(
          "a measurement encodes to at most " + Prio3Instance.MAX_ENCODED_ELEMENTS + " elements");
    }
  }

  /** Bits of a positive number. */
  static int bits(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }
}
