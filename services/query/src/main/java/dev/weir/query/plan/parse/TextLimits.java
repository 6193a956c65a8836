package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import java.nio.charset.StandardCharsets;

/** What is checked before a parser sees the text. */
final class TextLimits {
  static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_TOKENS = 2500;

  private TextLimits() {}

  static void check(String sql) {
    if (sql.length() > MAX_BYTES || sql.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw RefusedException.of("TEXT", PlanRule.TEXT_TOO_LONG);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(sql) || sql.indexOf('\0') >= 0) {
      throw RefusedException.of("TEXT", PlanRule.NOT_PARSED);
    }
    int depth = 0;
    int tokens = 0;
    boolean inWord = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      boolean word = Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"';
      tokens += (word && !inWord) || (!word && !Character.isWhitespace(c)) ? 1 : 0;
      inWord = word;
      if (depth > MAX_DEPTH || tokens > MAX_TOKENS) {
        throw RefusedException.of("TEXT", PlanRule.TOO_COMPLEX);
      }
    }
  }
}
