package dev.weir.aggregation.collect;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A step of each collection under way: one that cannot go on now keeps no other waiting. */
final class EachCollection {
  private EachCollection() {}

  /**
   * @throws RuntimeException the first that a step threw, when all have had their turn; the others
   *     are with it
   */
  static void step(List<CollectionId> all, Consumer<CollectionId> step) {
    @Nullable RuntimeException first = null;
    for (CollectionId id : all) {
      try {
        step.accept(id);
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else if (first != e) { // none is its own
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
