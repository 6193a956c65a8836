package dev.weir.query.plan.expr;

import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.ExprType.Base;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Values of expressions and their textual forms. */
public final class Values {
  private Values() {}

  /** The value a literal stands for. */
  public static Object of(Lit lit) {
    return switch (lit.type().base()) {
      case BOOLEAN -> Boolean.valueOf(lit.text());
      case NUMBER -> new BigDecimal(new BigInteger(lit.text()), lit.type().scale());
      case REAL -> Double.valueOf(lit.text());
      case TEXT -> lit.text();
      case DATE -> LocalDate.parse(lit.text());
      case TIMESTAMP -> LocalDateTime.parse(lit.text());
    };
  }

  /** The literal that stands for a value of the given type. */
  public static Lit literal(ExprType type, Object value) {
    return switch (value) {
      case BigDecimal d ->
          type.base() == Base.REAL
              ? new Lit(type, Double.toString(d.doubleValue()))
              : new Lit(type, d.setScale(type.scale()).unscaledValue().toString());
      default -> new Lit(type, value.toString());
    };
  }

  /** Reads the textual form used in key domains and engine results; empty when it is none. */
  public static Optional<Object> parse(ExprType type, String text) {
    try {
      return Optional.of(
          switch (type.base()) {
            case BOOLEAN -> truth(text);
            case NUMBER -> new BigDecimal(text).setScale(type.scale());
            case REAL -> Double.valueOf(text);
            case TEXT -> text;
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> timestamp(text);
          });
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The textual form of a value: plain numbers, ISO dates and times. */
  public static String text(Object value) {
    return switch (value) {
      case BigDecimal d -> d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString();
      case LocalDateTime t -> timestampText(t);
      default -> value.toString();
    };
  }

  /** The order that engines use: text by bytes, numbers by value. */
  public static int compare(Object left, Object right) {
    return switch (left) {
      case String s -> Arrays.compareUnsigned(utf8(s), utf8(right.toString()));
      case BigDecimal d when right instanceof BigDecimal other -> d.compareTo(other);
      case BigDecimal d -> Double.compare(d.doubleValue(), (Double) right);
      case Double d when right instanceof BigDecimal other ->
          Double.compare(d, other.doubleValue());
      case Double d -> Double.compare(d + 0.0, (Double) right + 0.0);
      case Boolean b -> b.compareTo((Boolean) right);
      case LocalDate d -> d.compareTo((LocalDate) right);
      case LocalDateTime t -> t.compareTo((LocalDateTime) right);
      default -> throw new IllegalStateException("not a value");
    };
  }

  static String letterCase(String text, boolean upper) {
    return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
  }

  static String substring(String text, int from, int length) {
    int[] points = text.codePoints().skip(from - 1L).limit(length).toArray();
    return new String(points, 0, points.length);
  }

  private static Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static LocalDateTime timestamp(String text) {
    String iso = text.replace(' ', 'T');
    String local = iso.endsWith("Z") ? iso.substring(0, iso.length() - 1) : iso;
    return local.indexOf('T') < 0
        ? LocalDate.parse(local).atStartOfDay()
        : LocalDateTime.parse(local);
  }

  private static String timestampText(LocalDateTime time) {
    String text = time.toString();
    return (text.length() == "2001-01-01T00:00".length() ? text + ":00" : text) + "Z";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
