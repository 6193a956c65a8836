package dev.weir.intake.cleaning;

import com.google.re2j.PatternSyntaxException;
import dev.weir.intake.frame.Row;
import dev.weir.intake.profile.CellText;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Turns a rule's parameters into a test of cells, refusing parameters that make no sense. Pure. */
final class RuleCompiler {
  private static final int MAX_REGEX_CHARS = 1_000;

  private RuleCompiler() {}

  static CellRule range(CleaningRule.Range rule, Column column) {
    if (column.type() == ColumnType.STRING || column.type() == ColumnType.BOOLEAN) {
      throw invalid("A range rule needs a numeric, date or timestamp column.", rule);
    }
    if (rule.min().isEmpty() && rule.max().isEmpty()) {
      throw invalid("A range rule has a lower or an upper bound.", rule);
    }
    if (column.type() == ColumnType.DOUBLE) {
      double min = bound(rule, rule.min()).map(BigDecimal::doubleValue).orElse(-Double.MAX_VALUE);
      double max = bound(rule, rule.max()).map(BigDecimal::doubleValue).orElse(Double.MAX_VALUE);
      return (row, i) -> row.real(i) >= min && row.real(i) <= max;
    }
    long min = rule.min().map(text -> number(rule, text, column)).orElse(Long.MIN_VALUE);
    long max = rule.max().map(text -> number(rule, text, column)).orElse(Long.MAX_VALUE);
    return (row, i) -> row.number(i) >= min && row.number(i) <= max;
  }

  static CellRule pattern(CleaningRule.Pattern rule, Column column) {
    if (rule.regex().length() > MAX_REGEX_CHARS) {
      throw invalid("A pattern has at most 1,000 characters.", rule);
    }
    try {
      var pattern = com.google.re2j.Pattern.compile(rule.regex());
      return (row, i) -> pattern.matches(CellText.of(row, i, column.type(), column.scale()));
    } catch (PatternSyntaxException e) {
      throw invalid("The pattern is not in RE2 syntax.", rule);
    }
  }

  static CellRule reference(KeySet set, Column column) {
    var digest = new RowDigest();
    return (Row row, int i) -> {
      digest.of(CellText.of(row, i, column.type(), column.scale()));
      return set.contains(digest.high(), digest.low());
    };
  }

  private static Optional<BigDecimal> bound(CleaningRule rule, Optional<String> text) {
    return text.map(value -> decimal(rule, value));
  }

  private static long number(CleaningRule rule, String text, Column column) {
    try {
      return switch (column.type()) {
        case DATE -> LocalDate.parse(text).toEpochDay();
        case TIMESTAMP -> {
          Instant instant = Instant.parse(text);
          yield Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        }
        case INTEGER, DECIMAL ->
            decimal(rule, text).setScale(column.scale()).unscaledValue().longValueExact();
        case BOOLEAN, DOUBLE, STRING -> throw new IllegalStateException("not a long");
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid("A bound is written in the notation of the column's type.", rule);
    }
  }

  private static BigDecimal decimal(CleaningRule rule, String text) {
    try {
      if (text.length() <= 40) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException e) {
      throw invalid("A bound is written in the notation of the column's type.", rule);
    }
    throw invalid("A bound is written in the notation of the column's type.", rule);
  }

  static ProblemException invalid(String detail, CleaningRule rule) {
    return new ProblemException(ProblemType.VALIDATION_FAILED, detail, Map.of("rule", rule.id()));
  }
}
