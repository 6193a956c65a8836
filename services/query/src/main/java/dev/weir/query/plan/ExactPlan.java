package dev.weir.query.plan;

import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.question.Alternatives;
import dev.weir.query.plan.question.Question;
import dev.weir.query.plan.render.ExactSql;
import java.util.List;
import java.util.Set;

/**
 * A checked question over exact products. {@link dev.weir.query.plan.answer.ExactRelease} decides
 * what of the result may be shown, {@link dev.weir.query.plan.check.DifferencingCheck} holds it
 * against itself and earlier answers.
 *
 * @param minGroup smallest number of records that a shown row, its complement or a difference may
 *     rest on
 * @param onlyShared indices of quantiles that are shown only where the minimum group ranks on
 *     either side and has the value
 * @param ways of meeting the conditions
 */
public record ExactPlan(
    Question question,
    String canonicalText,
    String canonicalSha256,
    List<ColumnUse> columnUses,
    List<OutputColumn> outputs,
    int minGroup,
    Set<Integer> onlyShared,
    List<Alternatives.Way> ways)
    implements CheckedPlan {
  public ExactPlan {
    columnUses = List.copyOf(columnUses);
    outputs = List.copyOf(outputs);
    onlyShared = Set.copyOf(onlyShared);
    ways = List.copyOf(ways);
  }

  @Override
  public ProductKind kind() {
    return ProductKind.EXACT;
  }

  @Override
  public List<ProductTerms> products() {
    return question.products();
  }

  /**
   * First the groups with their statistics, then the number of records there are, then, where a
   * condition has several ways, the number of records that only each way brings in.
   */
  @Override
  public List<EngineStatement> statements(EngineDialect dialect) {
    return new ExactSql(this, dialect).statements();
  }
}
