package dev.weir.space.change;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a body with missing fields away at the border, so that no null gets past it. A JSON field
 * that is left out or null arrives as null in a record; only {@code Optional} components may be
 * left out.
 */
public final class Complete {
  private static final String OURS = "dev.weir.";

  private Complete() {}

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} that names the field
   */
  public static <T> T body(@Nullable T body) {
    check("body", body);
    return java.util.Objects.requireNonNull(body);
  }

  private static void check(String path, @Nullable Object value) {
    switch (value) {
      case null -> throw missing(path);
      case String text -> checkText(path, text);
      case Optional<?> optional -> optional.ifPresent(present -> check(path, present));
      case Collection<?> items -> items.forEach(item -> check(path + "[]", item));
      case Map<?, ?> map -> map.values().forEach(item -> check(path + "{}", item));
      case Record ours when ours.getClass().getName().startsWith(OURS) -> checkRecord(path, ours);
      default -> {}
    }
  }

  /** Neither PostgreSQL nor RFC 8785 can carry these. */
  private static void checkText(String path, String text) {
    if (text.indexOf('\0') >= 0
        || !java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "A text field has characters that are not valid Unicode text.",
          Map.of("field", path));
    }
  }

  private static void checkRecord(String path, Record value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      check(path + "." + component.getName(), read(component, value));
    }
  }

  private static @Nullable Object read(RecordComponent component, Record value) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record of ours can be read", e);
    }
  }

  private static ProblemException missing(String path) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, "A required field is missing.", Map.of("field", path));
  }
}
