package dev.weir.runtime.http;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Which page is asked for: {@code ?limit=1..200&cursor=opaque}. Taken by a resource method as
 * {@code @BeanParam PageRequest page}. Immutable.
 */
public final class PageRequest {
  public static final int MAX_LIMIT = 200;
  private static final int MAX_CURSOR_CHARACTERS = 512;

  private final int limit;
  private final String after;

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when the limit is out of
   *     range or the cursor is not one of ours
   */
  public PageRequest(
      @QueryParam("limit") @DefaultValue("50") String limit,
      @QueryParam("cursor") @DefaultValue("") String cursor) {
    this.limit = parseLimit(limit);
    this.after = decode(cursor);
  }

  /** The first page. */
  public static PageRequest first(int limit) {
    return new PageRequest(Integer.toString(limit), "");
  }

  /** Items on the page, at most. */
  public int limit() {
    return limit;
  }

  /** How many items a store should look for: one more tells whether another page follows. */
  public int fetch() {
    return limit + 1;
  }

  /** Key of the last item of the page before; empty on the first page. */
  public String after() {
    return after;
  }

  static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static int parseLimit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw invalid("The limit is a number from 1 to " + MAX_LIMIT + ".");
    }
    throw invalid("The limit is a number from 1 to " + MAX_LIMIT + ".");
  }

  private static String decode(String cursor) {
    if (cursor.length() > MAX_CURSOR_CHARACTERS) {
      throw invalid("The cursor is not one that this service gave out.");
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("The cursor is not one that this service gave out.");
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
