package dev.weir.he.wire;

/** How the part after the outer header is stored; the ordinal is SEAL's number. */
public enum Compression {
  NONE,
  ZLIB,
  ZSTD;

  static Compression of(int number) {
    WireException.require(number >= 0 && number < values().length);
    return values()[number];
  }
}
