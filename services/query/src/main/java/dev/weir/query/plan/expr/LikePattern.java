package dev.weir.query.plan.expr;

import java.util.Optional;

/** LIKE patterns in one normal form: backslash escapes percent, underscore and itself. */
public final class LikePattern {
  private static final int MAX_CHARACTERS = 1000;

  private LikePattern() {}

  /**
   * @param escape the escape character of the query, or empty for none
   * @return the pattern in normal form; empty when an escape escapes nothing or it is too long
   */
  public static Optional<String> normalise(String pattern, String escape) {
    if (pattern.length() > MAX_CHARACTERS || escape.length() > 1) {
      return Optional.empty();
    }
    var normal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      String c = pattern.substring(i, i + 1);
      if (!escape.isEmpty() && c.equals(escape)) {
        i++;
        if (i == pattern.length()) {
          return Optional.empty();
        }
        String next = pattern.substring(i, i + 1);
        if (!next.equals("%") && !next.equals("_") && !next.equals(escape)) {
          return Optional.empty();
        }
        normal.append(next.equals("\\") || "%_".contains(next) ? "\\" + next : next);
      } else {
        normal.append(c.equals("\\") ? "\\\\" : c);
      }
    }
    return Optional.of(normal.toString());
  }

  /** Greedy matching with one point of return: linear in pattern times text. */
  public static boolean matches(String pattern, String text) {
    int[] p = pattern.codePoints().toArray();
    int[] t = text.codePoints().toArray();
    int pi = 0;
    int ti = 0;
    int starP = -1;
    int starT = 0;
    while (ti < t.length || pi < p.length) {
      if (pi < p.length && p[pi] == '%') {
        starP = ++pi;
        starT = ti;
        continue;
      }
      int width = pi < p.length ? width(p, pi, t, ti) : 0;
      if (width > 0) {
        pi += width;
        ti++;
      } else if (starP >= 0 && starT < t.length) {
        pi = starP;
        ti = ++starT;
      } else {
        return false;
      }
    }
    return true;
  }

  /** How many pattern characters match the next text character; 0 for none. */
  private static int width(int[] p, int pi, int[] t, int ti) {
    if (ti >= t.length) {
      return 0;
    }
    if (p[pi] == '\\' && pi + 1 < p.length) {
      return p[pi + 1] == t[ti] ? 2 : 0;
    }
    return p[pi] == '_' || p[pi] == t[ti] ? 1 : 0;
  }
}
