package dev.weir.space.change;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.PageRequest;

/** Lists here are ordered by a number that grows: the cursor is the last one shown. */
public final class Cursor {
  private Cursor() {}

  /**
   * @return 0 on the first page
   */
  public static long number(PageRequest page) {
    if (page.after().isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(page.after());
    } catch (NumberFormatException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "The cursor is not one that this service gave out.");
    }
  }

  /** A thing with its place in the list. */
  public record Placed<T>(long place, T thing) {}

  /** Cuts placed things into a page. */
  public static <T> dev.weir.runtime.http.Page<T> page(
      java.util.List<Placed<T>> found, PageRequest request) {
    var placed = dev.weir.runtime.http.Page.of(found, request, item -> Long.toString(item.place()));
    return new dev.weir.runtime.http.Page<>(
        placed.items().stream().map(Placed::thing).toList(), placed.next());
  }
}
