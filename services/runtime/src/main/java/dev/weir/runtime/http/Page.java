package dev.weir.runtime.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list. Immutable.
 *
 * @param next cursor of the next page; absent on the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts what a store found into a page.
   *
   * @param found up to {@link PageRequest#fetch()} items in the list's order, beginning after
   *     {@link PageRequest#after()}
   * @param key what {@link PageRequest#after()} of the next page shall be, unique in the list's
   *     order
   */
  public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, String> key) {
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty());
    }
    var items = found.subList(0, request.limit());
    return new Page<>(items, Optional.of(PageRequest.cursor(key.apply(items.getLast()))));
  }
}
