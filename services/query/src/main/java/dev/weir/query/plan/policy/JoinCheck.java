package dev.weir.query.plan.policy;

import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.dp.Contributions;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.question.Link;
import dev.weir.query.plan.question.Question;
import java.util.List;
import java.util.Optional;

/**
 * Finds the protected unit of a question and holds joins to it.
 *
 * <ul>
 *   <li>exact × exact: one side is public and its key unique, so that every joined row is one
 *       record of the other side;
 *   <li>dp × exact: the exact side is public; its key is unique, or the person key of the dp side
 *       bounds what a person contributes after the join;
 *   <li>dp × dp: joined on the person keys of both, the unit is the person in both; or both units
 *       are records, both keys are unique and the lineages differ.
 * </ul>
 *
 * Whether a side is public is for {@link PublicSideCheck}; that a key is unique is declared, and
 * made true of whatever was stored by the statements, see {@link #singleKey}.
 */
public final class JoinCheck {
  private JoinCheck() {}

  /**
   * @return the protected unit of a dp question; {@link Contributions#RECORD} for an exact one
   */
  public static Contributions check(Question question) {
    checkKeyTypes(question);
    List<ProductTerms> dp =
        question.products().stream().filter(p -> p.kind() == ProductKind.DP).toList();
    if (question.products().size() == 1) {
      return dp.isEmpty() ? Contributions.RECORD : of(dp.getFirst());
    }
    return switch (dp.size()) {
      case 0 -> exact(question);
      case 1 -> withPublic(question, dp.getFirst());
      default -> bothProtected(question);
    };
  }

  /**
   * The product each joined row has exactly one record of: the one whose partner's key is unique.
   */
  public static ProductTerms facts(Question question) {
    ProductTerms first = question.products().getFirst();
    if (question.products().size() == 1 || isUnique(question, question.products().getLast())) {
      return first;
    }
    return question.products().getLast();
  }

  /** The side whose records nothing counts or hides: the one that is not {@link #facts} or dp. */
  static Optional<ProductTerms> publicSide(Question question) {
    boolean dp = question.products().stream().anyMatch(p -> p.kind() == ProductKind.DP);
    ProductTerms facts = facts(question);
    return question.products().stream()
        .filter(p -> dp ? p.kind() == ProductKind.EXACT : !p.equals(facts))
        .findFirst();
  }

  /**
   * The column of which the statements must join at most one record per value, because the bound on
   * the answer rests on it; empty when it rests on something else.
   */
  public static Optional<Col> singleKey(Question question, ProductTerms product) {
    if (question.products().size() == 1) {
      return Optional.empty();
    }
    boolean rests =
        publicSide(question).map(product::equals).orElseGet(() -> !samePerson(question));
    return rests ? uniqueKey(question, product) : Optional.empty();
  }

  private static Contributions exact(Question question) {
    require(
        question.products().stream().anyMatch(p -> isUnique(question, p)),
        PlanRule.JOIN_NOT_BOUNDED);
    return Contributions.RECORD;
  }

  private static Contributions withPublic(Question question, ProductTerms dp) {
    ProductTerms open =
        question.products().stream()
            .filter(p -> p.kind() == ProductKind.EXACT)
            .findFirst()
            .orElseThrow();
    require(isUnique(question, open) || dp.contribution().isPresent(), PlanRule.JOIN_NOT_BOUNDED);
    return of(dp);
  }

  private static Contributions bothProtected(Question question) {
    ProductTerms a = question.products().getFirst();
    ProductTerms b = question.products().getLast();
    Contributions left = of(a);
    Contributions right = of(b);
    if (samePerson(question)) {
      return new Contributions(
          left.personKey(),
          Math.min(left.maxGroups(), right.maxGroups()),
          Math.min(left.maxRowsPerGroup(), right.maxRowsPerGroup()));
    }
    boolean records = left.personKey().isEmpty() && right.personKey().isEmpty();
    require(records && isUnique(question, a) && isUnique(question, b), PlanRule.JOIN_NOT_BOUNDED);
    require(!a.lineageId().equals(b.lineageId()), PlanRule.JOIN_KINDS);
    return Contributions.RECORD;
  }

  private static boolean samePerson(Question question) {
    Contributions left = of(question.products().getFirst());
    Contributions right = of(question.products().getLast());
    return left.personKey().isPresent()
        && right.personKey().isPresent()
        && question.links().stream()
            .anyMatch(l ->
                Optional.of(l.left()).equals(left.personKey())
                    && Optional.of(l.right()).equals(right.personKey()));
  }

  private static Contributions of(ProductTerms product) {
    return product
        .contribution()
        .map(c -> {
          ProductColumn key = product.column(c.personKey()).orElseThrow();
          var column = new Col(product.tableName(), key.column().name(), ExprType.of(key.column()));
          return new Contributions(Optional.of(column), c.maxGroups(), c.maxRowsPerGroup());
        })
        .orElse(Contributions.RECORD);
  }

  private static boolean isUnique(Question question, ProductTerms product) {
    return uniqueKey(question, product).isPresent();
  }

  private static Optional<Col> uniqueKey(Question question, ProductTerms product) {
    return question.links().stream()
        .map(link -> side(link, product))
        .filter(col -> product.column(col.column()).map(ProductColumn::unique).orElse(false))
        .findFirst();
  }

  private static Col side(Link link, ProductTerms product) {
    return link.left().table().equals(product.tableName()) ? link.left() : link.right();
  }

  private static void checkKeyTypes(Question question) {
    for (Link link : question.links()) {
      if (!link.left().type().equals(link.right().type())
          || link.left().type().base() == ExprType.Base.REAL) {
        throw RefusedException.of("JOIN", PlanRule.KEY_TYPE);
      }
    }
  }

  private static void require(boolean holds, PlanRule rule) {
    if (!holds) {
      throw RefusedException.of("JOIN", rule);
    }
  }
}
