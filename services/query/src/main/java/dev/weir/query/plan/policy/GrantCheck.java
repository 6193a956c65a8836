package dev.weir.query.plan.policy;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.ColumnUse;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.Refusal;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.UseClass;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.question.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks every use of every column; COUNT(*) uses none. */
public final class GrantCheck {
  private final List<ProductTerms> products;
  private final CreditCode party;
  private final boolean joined;
  private final Set<Refusal> refusals = new LinkedHashSet<>();

  private GrantCheck(List<ProductTerms> products, CreditCode party) {
    this.products = products;
    this.party = party;
    this.joined = products.size() > 1;
  }

  /**
   * @param mentioned columns that scalar nodes refer to even where the result is thrown away
   * @throws RefusedException listing every column use that is not granted
   */
  public static List<ColumnUse> check(Question question, Set<Col> mentioned, CreditCode party) {
    var check = new GrantCheck(question.products(), party);
    var uses = new ArrayList<ColumnUse>();
    Uses.of(question)
        .forEach((column, classes) ->
            classes.forEach(use -> {
              check.use(column, use);
              uses.add(
                  new ColumnUse(check.product(column).id(), column.table(), column.column(), use));
            }));
    mentioned.forEach(check::mention);
    if (!check.refusals.isEmpty()) {
      throw new RefusedException(List.copyOf(check.refusals));
    }
    return uses;
  }

  private void use(Col column, UseClass use) {
    Set<ColumnConstraint> granted = Grants.of(offered(column), party);
    if (!mention(column)) {
      return;
    }
    if (granted.stream().noneMatch(constraint -> Grants.allows(constraint, use, joined))) {
      refusals.add(refusal(column, use.name(), PlanRule.COLUMN_USE, use));
    }
  }

  /** Whether the column may occur at all. */
  private boolean mention(Col column) {
    Set<ColumnConstraint> granted = Grants.of(offered(column), party);
    if (granted.contains(ColumnConstraint.NEVER)) {
      refusals.add(Refusal.of("COLUMN", PlanRule.COLUMN_NEVER).about(name(column)));
      return false;
    }
    if (granted.isEmpty()) {
      refusals.add(Refusal.of("COLUMN", PlanRule.COLUMN_NO_GRANT).about(name(column)));
      return false;
    }
    return true;
  }

  private Refusal refusal(Col column, String node, PlanRule rule, UseClass use) {
    String helpful =
        Grants.allowing(use, joined).stream().map(Enum::name).collect(Collectors.joining(", "));
    return new Refusal(
        node,
        Optional.of(name(column)),
        rule.id(),
        rule.reason(),
        Optional.of(
            new Bilingual(
                "可请提供方授予该列以下任一约束：" + helpful,
                "Ask for one of these grants on the column: " + helpful)),
        Optional.empty());
  }

  private ProductTerms product(Col column) {
    return products.stream()
        .filter(p -> p.tableName().equals(column.table()))
        .findFirst()
        .orElseThrow();
  }

  private ProductColumn offered(Col column) {
    return product(column).column(column.column()).orElseThrow();
  }

  private static String name(Col column) {
    return column.table() + "." + column.column();
  }
}
