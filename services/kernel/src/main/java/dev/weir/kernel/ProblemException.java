package dev.weir.kernel;

import java.util.Map;
import java.util.TreeMap;

/**
 * A caller's mistake, or a refusal at an HTTP border. The message is fit to publish: it names
 * rules, limits, ids and counts, never the offending value.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Map<String, Object> extensions;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  /**
   * @param extensions further members of the problem body, such as {@code minGroup}; values are
   *     strings, numbers, booleans or lists of them
   */
  public ProblemException(ProblemType type, String detail, Map<String, ?> extensions) {
    super(detail);
    this.type = type;
    this.extensions = new TreeMap<>(extensions);
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public Map<String, Object> extensions() {
    return extensions;
  }
}
