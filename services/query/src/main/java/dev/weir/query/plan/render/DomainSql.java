package dev.weir.query.plan.render;

import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Values;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Membership of a group key in its declared domain, however many values that has. */
final class DomainSql {
  private final ExprSql exprs;

  DomainSql(ExprSql exprs) {
    this.exprs = exprs;
  }

  /**
   * The domain travels as one parameter, of values in hexadecimal, and becomes a table in the
   * engine: a list of thousands of literals is compared one by one with every record.
   *
   * @param text the key as {@link ExprSql#text} writes it
   * @param domain not empty
   */
  Fragment member(Fragment text, ExprType type, List<String> domain) {
    String listed =
        domain.stream()
            .flatMap(value -> Values.parse(type, value).stream())
            .map(value -> written(type, value))
            .map(value -> HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining(","));
    Fragment values =
        Fragment.bound(
            exprs.duck()
                ? "SELECT decode(from_hex(unnest(string_split(CAST(? AS VARCHAR), ','))))"
                : "SELECT convert_from(decode(h, 'hex'), 'UTF8')"
                    + " FROM unnest(string_to_array(CAST(? AS TEXT), ',')) AS h",
            new Parameter.Text(listed));
    return Fragment.format("{} IN ({})", text, values);
  }

  /** A value as engines write it. */
  private static String written(ExprType type, Object value) {
    return value instanceof LocalDateTime time
        ? Long.toString(
            ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time))
        : type.base() == Base.BOOLEAN ? value.toString() : Values.literal(type, value).text();
  }
}
