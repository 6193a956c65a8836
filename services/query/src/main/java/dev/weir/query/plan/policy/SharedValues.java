package dev.weir.query.plan.policy;

import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.UseClass;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the quantiles of an exact question that may tell only what many records share. A quantile
 * is the value of one record, or lies between two. Where a column may be SHOWN it is free; where it
 * may only be aggregated, the release asks that the minimum group ranks on either side and has the
 * value, so that no fraction is another name for MIN or MAX and no list of fractions one for the
 * column.
 */
public final class SharedValues {
  private SharedValues() {}

  /** The indices of such measures. */
  public static Set<Integer> measures(Question question, CreditCode party) {
    List<Measure> measures = question.measures();
    return IntStream.range(0, measures.size())
        .filter(i -> measures.get(i).function().quantile())
        .filter(i -> !mayBeShown(question, measures.get(i), party))
        .boxed()
        .collect(Collectors.toSet());
  }

  private static boolean mayBeShown(Question question, Measure measure, CreditCode party) {
    boolean joined = question.products().size() > 1;
    return Children.columns(measure.argument()).stream()
        .allMatch(column ->
            Grants.of(product(question, column).column(column.column()).orElseThrow(), party)
                .stream()
                .anyMatch(constraint -> Grants.allows(constraint, UseClass.SHOWN, joined)));
  }

  private static ProductTerms product(Question question, Col column) {
    return question.products().stream()
        .filter(product -> product.tableName().equals(column.table()))
        .findFirst()
        .orElseThrow();
  }
}
