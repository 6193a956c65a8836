package dev.weir.privacy.merkle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An entry bundle of C2SP tlog-tiles: each entry behind its length as a big-endian uint16. */
public final class EntryBundle {
  public static final int MAX_ENTRY_BYTES = 65_535;
  private static final int LENGTH_BYTES = 2;

  private EntryBundle() {}

  /**
   * @throws IllegalArgumentException when an entry is longer than {@link #MAX_ENTRY_BYTES}
   */
  public static byte[] encode(List<byte[]> entries) {
    var out = new ByteArrayOutputStream();
    for (var entry : entries) {
      if (entry.length > MAX_ENTRY_BYTES) {
        throw new IllegalArgumentException("an entry is longer than 65,535 bytes");
      }
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /**
   * @return empty when the bytes do not end with an entry
   */
  public static Optional<List<byte[]>> parse(byte[] bundle) {
    var entries = new ArrayList<byte[]>();
    int at = 0;
    while (at < bundle.length) {
      if (bundle.length - at < LENGTH_BYTES) {
        return Optional.empty();
      }
      int length = (bundle[at] & 0xFF) << 8 | (bundle[at + 1] & 0xFF);
      at += LENGTH_BYTES;
      if (bundle.length - at < length) {
        return Optional.empty();
      }
      entries.add(Arrays.copyOfRange(bundle, at, at + length));
      at += length;
    }
    return Optional.of(entries);
  }
}
