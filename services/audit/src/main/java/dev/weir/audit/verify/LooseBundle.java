package dev.weir.audit.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * As many entries of a bundle as can be read.
 *
 * @param whole whether that is exactly the wanted number, with no byte left
 */
record LooseBundle(List<byte[]> entries, boolean whole) {

  static LooseBundle read(byte[] bytes, int width) {
    var entries = new ArrayList<byte[]>();
    int at = 0;
    while (entries.size() < width && bytes.length - at >= 2) {
      int length = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
      if (bytes.length - at - 2 < length) {
        break;
      }
      entries.add(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
      at += 2 + length;
    }
    return new LooseBundle(entries, entries.size() == width && at == bytes.length);
  }
}
