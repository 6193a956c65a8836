package dev.weir.privacy.merkle;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tile of C2SP tlog-tiles: 256 hashes of complete subtrees of height 8·level, or a bundle of 256
 * entries. Only the rightmost is partial. Immutable.
 *
 * @param level 0..5, or {@link #ENTRIES}
 * @param index which tile of its level
 * @param width hashes or entries in it, 1..256
 */
public record TilePath(int level, long index, int width) {
  public static final int ENTRIES = -1;
  public static final int HEIGHT = 8;
  public static final int FULL = 1 << HEIGHT;
  private static final int MAX_LEVEL = 5;
  private static final Pattern SHAPE =
      Pattern.compile("(entries|[0-5])/((?:x\\d{3}/){0,5})(\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

  public TilePath {
    if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no such tile");
    }
  }

  /** The tile of {@code level} that holds item {@code item} in a log of {@code size} leaves. */
  public static TilePath holding(int level, long item, long size) {
    long items = level == ENTRIES ? size : size >>> (level * HEIGHT);
    long index = item >>> HEIGHT;
    return new TilePath(level, index, (int) Math.min(FULL, items - (index << HEIGHT)));
  }

  /** The same tile once it is full. */
  public TilePath full() {
    return new TilePath(level, index, FULL);
  }

  public boolean partial() {
    return width < FULL;
  }

  /** Path below the log's prefix, such as {@code tile/0/x001/x234/067.p/8}. */
  public String path() {
    var digits = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return "tile/"
        + (level == ENTRIES ? "entries" : String.valueOf(level))
        + "/"
        + digits
        + (partial() ? ".p/" + width : "");
  }

  /**
   * @param text what follows {@code tile/}
   * @return empty when it is not the one spelling of a tile
   */
  public static Optional<TilePath> parse(String text) {
    var matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long index =
        Long.parseLong(matcher.group(2).replace("x", "").replace("/", "") + matcher.group(3));
    var width = matcher.group(4);
    int hashes = width == null ? FULL : Integer.parseInt(width);
    if (hashes > FULL || (width != null && hashes == FULL)) {
      return Optional.empty();
    }
    int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
    var tile = new TilePath(level, index, hashes);
    return tile.path().equals("tile/" + text) ? Optional.of(tile) : Optional.empty();
  }
}
