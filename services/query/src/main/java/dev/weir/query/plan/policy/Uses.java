package dev.weir.query.plan.policy;

import dev.weir.policy.product.ProductKind;
import dev.weir.query.plan.UseClass;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds every use of every column in a question. */
final class Uses {
  private final Map<Col, Set<UseClass>> found =
      new TreeMap<>(Comparator.comparing(Col::table).thenComparing(Col::column));
  private final boolean noisy;

  private Uses(boolean noisy) {
    this.noisy = noisy;
  }

  static Map<Col, Set<UseClass>> of(Question question) {
    var uses = new Uses(question.products().stream().anyMatch(p -> p.kind() == ProductKind.DP));
    uses.add(question.where(), UseClass.FILTERED);
    question
        .links()
        .forEach(link -> {
          uses.add(link.left(), UseClass.JOINED);
          uses.add(link.right(), UseClass.JOINED);
        });
    question.keys().forEach(key -> uses.add(key, UseClass.GROUPED));
    question.measures().forEach(uses::add);
    return uses.found;
  }

  private void add(Measure measure) {
    add(measure.filter(), UseClass.FILTERED);
    switch (measure.function()) {
      case COUNT_ROWS, COUNT, SUM, AVERAGE -> add(measure.argument(), UseClass.AGGREGATED);
      // Without noise it tells whether a single record has a value that no other has.
      case COUNT_DISTINCT -> add(measure.argument(), noisy ? UseClass.AGGREGATED : UseClass.SHOWN);
      case QUANTILE_CONTINUOUS, QUANTILE_DISCRETE -> {
        add(measure.argument(), UseClass.AGGREGATED);
        add(measure.argument(), UseClass.ORDERED);
      }
      case MINIMUM, MAXIMUM -> add(measure.argument(), UseClass.SHOWN);
    }
  }

  private void add(Expr expr, UseClass use) {
    switch (expr) {
      case Col column ->
          found.computeIfAbsent(column, c -> EnumSet.noneOf(UseClass.class)).add(use);
      case Case choice when use != UseClass.FILTERED -> {
        choice.whens().forEach(when -> add(when.condition(), UseClass.COMPARED));
        choice.whens().forEach(when -> add(when.value(), use));
        add(choice.otherwise(), use);
      }
      case Compare compare -> {
        boolean columns =
            !Children.columns(compare.left()).isEmpty()
                && !Children.columns(compare.right()).isEmpty();
        Children.of(expr).forEach(child -> add(child, use));
        if (columns) {
          Children.of(expr).forEach(child -> add(child, UseClass.COMPARED));
        }
      }
      default -> Children.of(expr).forEach(child -> add(child, use));
    }
  }
}
