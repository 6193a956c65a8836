package dev.weir.query.plan.logic;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.ExprText;
import dev.weir.query.plan.expr.Exprs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The records for which every one of some conditions holds. Two selections can be compared when
 * they call the same table by the same name. Plain data: keep it with an answer.
 *
 * @param parts conditions, none of them certain
 * @param names what a product's table is called in every question over its resource
 * @param filled columns that no record lacks, as {@link #column} names them
 */
public record Selection(List<Expr> parts, Map<String, String> names, Set<String> filled) {
  public Selection {
    parts = parts.stream().filter(part -> !part.equals(Exprs.TRUE)).toList();
    names = Map.copyOf(names);
    filled = Set.copyOf(filled);
  }

  /** The same text for what means the same records by the same words. */
  public String text() {
    return parts.stream().map(this::text).sorted().distinct().collect(Collectors.joining(" "));
  }

  /** The records of these that meet further conditions, which name columns as these do. */
  public Selection with(List<Expr> further) {
    var all = new ArrayList<>(parts);
    all.addAll(further);
    return new Selection(all, names, filled);
  }

  String text(Expr expr) {
    return ExprText.of(expr, table -> names.getOrDefault(table, table));
  }

  /** A column by a name that every question has for it. */
  public String column(Col column) {
    return text(column);
  }

  /** Whether a record may lack it. */
  boolean isNullable(Col column) {
    return !filled.contains(column(column));
  }
}
