package dev.weir.query.plan.render;

import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.Operation;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.policy.JoinCheck;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a measure tells about the records whose argument is there: something of every column of the
 * argument, under whatever name a product offers it; and how many they are, where that can be
 * computed from it.
 */
final class Told {
  private Told() {}

  static Set<String> by(Question question, Measure measure) {
    var told = new LinkedHashSet<String>();
    for (Col column : Children.columns(measure.argument())) {
      subjects(question, column).forEach(subject -> told.add(about(question, subject)));
    }
    if (countable(measure)) {
      told.add(Cohorts.ROWS);
    }
    return told;
  }

  /**
   * What a count tells of one column of its conditions.
   *
   * @param where the question's conditions that do not rest on the column
   * @param filters those of each measure
   * @param keys positions of the keys that do not rest on it
   */
  record Shadow(
      Col column, String about, List<Expr> where, List<List<Expr>> filters, List<Integer> keys) {
    Shadow {
      where = List.copyOf(where);
      filters = List.copyOf(filters);
      keys = List.copyOf(keys);
    }
  }

  /** Of every column that a condition or a key rests on. */
  static List<Shadow> shadows(Question question) {
    var filters = new LinkedHashSet<List<Expr>>();
    filters.add(List.of());
    for (Measure measure : question.measures()) {
      var parts = new ArrayList<>(parts(measure.filter()));
      if (measure.function() != Measure.Function.COUNT_ROWS && countable(measure)) {
        parts.add(new Not(new IsNull(measure.argument())));
      }
      filters.add(parts);
    }
    List<Expr> where = parts(question.where());
    var columns = new LinkedHashSet<Col>();
    Stream.of(where.stream(), filters.stream().flatMap(List::stream), question.keys().stream())
        .flatMap(exprs -> exprs)
        .flatMap(expr -> Children.columns(expr).stream())
        .forEach(column -> columns.addAll(subjects(question, column)));
    return columns.stream()
        .map(column ->
            new Shadow(
                column,
                about(question, column),
                without(question, column, where),
                filters.stream().map(each -> without(question, column, each)).distinct().toList(),
                IntStream.range(0, question.keys().size())
                    .filter(key -> !restsOn(question, question.keys().get(key), column))
                    .boxed()
                    .toList()))
        .toList();
  }

  private static List<Expr> parts(Expr condition) {
    if (condition.equals(Exprs.TRUE)) {
      return List.of();
    }
    return condition instanceof Logic logic && logic.and() ? logic.operands() : List.of(condition);
  }

  private static List<Expr> without(Question question, Col column, List<Expr> parts) {
    return parts.stream().filter(part -> !restsOn(question, part, column)).toList();
  }

  private static boolean restsOn(Question question, Expr expr, Col column) {
    return Children.columns(expr).stream()
        .anyMatch(used -> subjects(question, used).contains(column));
  }

  /** The column, and of a joined table also the column of the records that leads to it. */
  private static List<Col> subjects(Question question, Col column) {
    String facts = JoinCheck.facts(question).tableName();
    if (column.table().equals(facts)) {
      return List.of(column);
    }
    return Stream.concat(
            Stream.of(column),
            question.links().stream()
                .flatMap(link -> Stream.of(link.left(), link.right()))
                .filter(link -> link.table().equals(facts)))
        .toList();
  }

  private static String about(Question question, Col column) {
    return resource(question, column) + "." + column.column().toLowerCase(Locale.ROOT);
  }

  /** A sum tells the number of its terms where a constant is added to each of them. */
  private static boolean countable(Measure measure) {
    return switch (measure.function()) {
      case COUNT_ROWS, COUNT, AVERAGE -> true;
      case SUM -> hasConstantTerm(measure.argument());
      case COUNT_DISTINCT, QUANTILE_CONTINUOUS, QUANTILE_DISCRETE, MINIMUM, MAXIMUM -> false;
    };
  }

  private static boolean hasConstantTerm(Expr argument) {
    if (Children.columns(argument).isEmpty()) {
      return true;
    }
    return Children.of(argument).stream()
        .anyMatch(operand ->
            Children.columns(operand).isEmpty()
                ? !(argument instanceof Arithmetic a && a.op() == Operation.MULTIPLY)
                : hasConstantTerm(operand));
  }

  private static String resource(Question question, Col column) {
    return question.products().stream()
        .filter(product -> product.tableName().equals(column.table()))
        .findFirst()
        .orElseThrow()
        .resourceId()
        .toString();
  }
}
