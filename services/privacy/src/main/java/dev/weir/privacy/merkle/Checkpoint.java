package dev.weir.privacy.merkle;

import java.util.List;
import java.util.Optional;

/**
 * A C2SP checkpoint: origin, size in decimal, root in base64, then optional extension lines, each
 * ended by a newline. Immutable.
 *
 * @param origin unique name of the log, without schema
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
  private static final int FIXED_LINES = 3;

  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (origin.isEmpty() || size < 0) {
      throw new IllegalArgumentException("a checkpoint names a log and a size");
    }
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /** The text that is signed. */
  public String text() {
    var text = new StringBuilder(origin + "\n" + size + "\n" + root.base64() + "\n");
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /**
   * @return empty unless {@code text} is exactly what {@link #text} would write
   */
  public static Optional<Checkpoint> parse(String text) {
    var lines = List.of(text.split("\n", -1));
    if (lines.size() < FIXED_LINES + 1 || !lines.getLast().isEmpty()) {
      return Optional.empty();
    }
    try {
      var checkpoint =
          new Checkpoint(
              lines.getFirst(),
              Long.parseLong(lines.get(1)),
              Hash.ofBase64(lines.get(2)),
              lines.subList(FIXED_LINES, lines.size() - 1));
      return checkpoint.extensions().stream().noneMatch(String::isEmpty)
              && checkpoint.text().equals(text)
          ? Optional.of(checkpoint)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
