package dev.weir.query.plan.policy;

import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.Refusal;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.question.Question;
import java.util.List;
import java.util.Optional;

/**
 * Holds the side of a join whose records are neither counted nor noised to what it is taken for: a
 * public table. Every column used of it must be granted to the party as it is.
 */
public final class PublicSideCheck {
  private PublicSideCheck() {}

  /**
   * @param question whose joins passed {@link JoinCheck}
   * @throws RefusedException naming every column used of the public side without PLAINTEXT
   */
  public static void check(Question question, CreditCode party) {
    Optional<ProductTerms> open = JoinCheck.publicSide(question);
    if (open.isEmpty()) {
      return;
    }
    List<Refusal> refusals =
        Uses.of(question).keySet().stream()
            .filter(column -> column.table().equals(open.get().tableName()))
            .filter(column -> !plain(open.get(), column, party))
            .map(column ->
                Refusal.of("JOIN", PlanRule.JOIN_NOT_PUBLIC)
                    .about(column.table() + "." + column.column()))
            .toList();
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
  }

  private static boolean plain(ProductTerms product, Col column, CreditCode party) {
    return product
        .column(column.column())
        .map(offered -> Grants.of(offered, party).contains(ColumnConstraint.PLAINTEXT))
        .orElse(false);
  }
}
