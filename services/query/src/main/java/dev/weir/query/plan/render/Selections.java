package dev.weir.query.plan.render;

import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.question.Presence;
import dev.weir.query.plan.question.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a question asks of a record, in names that other questions use too. */
public final class Selections {
  private final Question question;
  private final UnaryOperator<String> names;

  /**
   * @param names what a product's table is called whichever product offers it
   */
  public Selections(Question question, UnaryOperator<String> names) {
    this.question = question;
    this.names = names;
  }

  /** The records that meet all of these conditions. */
  public Selection of(Expr... conditions) {
    return of(List.of(conditions), List.of());
  }

  /** The records that meet some conditions and a further one. */
  public Selection of(List<Expr> conditions, Expr further) {
    return of(conditions, List.of(further));
  }

  Selection of(List<Expr> conditions, List<Expr> further) {
    List<Expr> parts =
        Stream.concat(conditions.stream(), further.stream())
            .filter(part -> !part.equals(Exprs.TRUE))
            .toList();
    Set<Col> columns =
        Stream.concat(parts.stream(), question.keys().stream())
            .flatMap(part -> Children.columns(part).stream())
            .collect(Collectors.toUnmodifiableSet());
    Map<String, String> used = new LinkedHashMap<>();
    columns.forEach(column -> used.put(column.table(), names.apply(column.table())));
    Set<String> filled =
        columns.stream()
            .filter(column -> Presence.isCertain(question, column))
            .map(column -> named(used, column))
            .collect(Collectors.toUnmodifiableSet());
    return new Selection(parts, used, filled);
  }

  private static String named(Map<String, String> used, Col column) {
    return new Selection(List.of(), used, Set.of()).column(column);
  }
}
