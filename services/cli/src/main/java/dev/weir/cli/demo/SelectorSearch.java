package dev.weir.cli.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks for a selection in what others saw: its values as text, its bits, its indices and its
 * weights as numbers of every usual width, also inside zlib. Only what is long enough not to turn
 * up in random bytes is looked for. Immutable.
 */
final class SelectorSearch {
  /** A chance match of this many bytes in a megabyte: one in 2^44. */
  private static final int MIN_BYTES = 8;

  private static final int WINDOW = 64;

  private final List<byte[]> needles = new ArrayList<>();

  /**
   * @param values chosen, in order
   * @param cells chosen, ascending
   * @param total cells there are
   */
  SelectorSearch(List<String> values, List<Integer> cells, int total) {
    needles.add(text(String.join(",", values)));
    needles.add(text(String.join(", ", values)));
    needles.add(text(String.join("\",\"", values)));
    var bits = new BitSet(total);
    cells.forEach(bits::set);
    byte[] least = Arrays.copyOf(bits.toByteArray(), (total + 7) / 8);
    needles.add(least);
    byte[] most = new byte[least.length];
    for (int i = 0; i < least.length; i++) {
      most[i] = (byte) (Integer.reverse(least[i]) >>> 24);
    }
    needles.add(most);
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      var indices = ByteBuffer.allocate(cells.size() * Integer.BYTES).order(order);
      cells.forEach(indices::putInt);
      needles.add(indices.array());
      int from = Math.max(0, Math.min(cells.getFirst() - WINDOW / 2, total - WINDOW));
      int count = Math.min(WINDOW, total);
      var bytes = ByteBuffer.allocate(count);
      var words = ByteBuffer.allocate(count * Long.BYTES).order(order);
      for (int cell = from; cell < from + count; cell++) {
        bytes.put((byte) (bits.get(cell) ? 1 : 0));
        words.putLong(bits.get(cell) ? 1 : 0);
      }
      needles.add(bytes.array());
      needles.add(words.array());
    }
    needles.removeIf(needle -> needle.length < MIN_BYTES);
  }

  /** What a question would look like that is not encrypted: what the search has to find. */
  static byte[] unencrypted(List<Integer> cells, int total) {
    var bytes = ByteBuffer.allocate(total * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    cells.forEach(cell -> bytes.putLong(cell * Long.BYTES, 1));
    return bytes.array();
  }

  /** Whether any form of the selection stands there. */
  boolean finds(byte[] seen) {
    return inPlain(seen) || inPlain(inflated(seen));
  }

  private boolean inPlain(byte[] seen) {
    return needles.stream().anyMatch(needle -> contains(seen, needle));
  }

  /** Whatever begins like zlib, opened, one after the other. */
  private static byte[] inflated(byte[] seen) {
    var opened = new ByteArrayOutputStream();
    for (int at = 0; at + 1 < seen.length; at++) {
      if (seen[at] == 0x78 && ((0x78 << 8 | seen[at + 1] & 0xff) % 31) == 0) {
        inflate(seen, at, opened);
      }
    }
    return opened.toByteArray();
  }

  private static void inflate(byte[] seen, int from, ByteArrayOutputStream into) {
    var inflater = new Inflater();
    try {
      inflater.setInput(seen, from, seen.length - from);
      byte[] chunk = new byte[1 << 16];
      int some = inflater.inflate(chunk);
      while (some > 0) {
        into.write(chunk, 0, some);
        some = inflater.inflate(chunk);
      }
    } catch (DataFormatException e) {
      // It only looked like zlib.
    } finally {
      inflater.end();
    }
  }

  private static boolean contains(byte[] seen, byte[] needle) {
    for (int at = 0; at + needle.length <= seen.length; at++) {
      if (seen[at] == needle[0]
          && Arrays.equals(seen, at, at + needle.length, needle, 0, needle.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
