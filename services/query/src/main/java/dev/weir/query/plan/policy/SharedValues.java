package dev.weir.query.plan.policy;

import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.UseClass;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the quantiles of an exact question that may tell only what many records share. A quantile
 * is the value of one record, or lies between two. Where its columns, and those of the conditions
 * and keys that chose its records, may be SHOWN it is free; where one of them may not, the release
 * asks that the minimum group ranks on either side and has the value, so that no fraction is
 * another name for MIN or MAX and no list of fractions one for the column.
 */
public final class SharedValues {
  private SharedValues() {}

  /**
   * The indices of such measures.
   *
   * @throws RefusedException when MIN or MAX would link a record's value to what may not be shown
   */
  public static Set<Integer> measures(Question question, CreditCode party) {
    List<Measure> measures = question.measures();
    Set<Integer> shared =
        IntStream.range(0, measures.size())
            .filter(i -> valueOfOneRecord(measures.get(i)))
            .filter(i -> !mayBeShown(question, measures.get(i), party))
            .boxed()
            .collect(Collectors.toSet());
    if (shared.stream().anyMatch(i -> !measures.get(i).function().quantile())) {
      throw RefusedException.of("EXTREME", PlanRule.LINKS_RECORDS);
    }
    return shared;
  }

  private static boolean valueOfOneRecord(Measure measure) {
    return measure.function().quantile()
        || measure.function() == Measure.Function.MINIMUM
        || measure.function() == Measure.Function.MAXIMUM;
  }

  /** Its columns, and those that chose the records it is a value of. */
  private static boolean mayBeShown(Question question, Measure measure, CreditCode party) {
    boolean joined = question.products().size() > 1;
    return Stream.concat(
            Stream.of(measure.argument(), measure.filter(), question.where()),
            question.keys().stream())
        .flatMap(expr -> Children.columns(expr).stream())
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
