package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;
import java.util.Optional;

/**
 * Tells work under way once, however often its progress is reported, so that a file or pipe sees
 * that something goes on and is not filled with it. Confined to the demo's thread.
 */
final class News {
  private Optional<Bilingual> last = Optional.empty();

  /** The text, when it is not the one told before. */
  Optional<Bilingual> told(Bilingual what) {
    if (last.filter(what::equals).isPresent()) {
      return Optional.empty();
    }
    last = Optional.of(what);
    return last;
  }
}
