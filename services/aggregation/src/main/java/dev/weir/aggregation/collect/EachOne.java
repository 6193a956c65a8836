package dev.weir.aggregation.collect;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A step of each collection, or task: one that cannot go on now keeps no other waiting. */
final class EachOne {
  private EachOne() {}

  /**
   * @throws RuntimeException the first that a step threw, when all have had their turn; the others
   *     are with it
   */
  static <T> void step(List<T> all, Consumer<T> step) {
    @Nullable RuntimeException first = null;
    for (T one : all) {
      try {
        step.accept(one);
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
