package dev.weir.query.plan;

import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.dp.Contributions;
import dev.weir.query.plan.dp.Groups;
import dev.weir.query.plan.dp.MeasurePlan;
import dev.weir.query.plan.question.Question;
import dev.weir.query.plan.render.DpSql;
import java.util.List;

/**
 * A checked question over at least one dp product. Every member is a function of text, contract and
 * parameters alone.
 *
 * @param contributions who is protected and how much of one unit counts
 * @param groups which groups the answer has
 * @param statistics what is measured and how each is noised, in the order of the statements
 * @param measures how each measure of the question is made of statistics
 * @param countStatistic index of the records-per-group count that small groups are suppressed by,
 *     or −1 when nothing is suppressed
 * @param costs one per lineage charged
 * @param minGroup compared with the noisy count only
 * @param boundsDependOnData whether any bound used came from a profile: the answer then says so
 */
public record DpPlan(
    Question question,
    String canonicalText,
    String canonicalSha256,
    List<ColumnUse> columnUses,
    List<OutputColumn> outputs,
    Contributions contributions,
    Groups groups,
    List<Statistic> statistics,
    List<MeasurePlan> measures,
    int countStatistic,
    List<Cost> costs,
    int minGroup,
    boolean boundsDependOnData)
    implements CheckedPlan {
  /**
   * Most rows that a statement over declared groups may return, whatever the data; engines must
   * allow as many, or running into their limit would tell about data.
   */
  public static final int MAX_DECLARED_ROWS = 150_000;

  public DpPlan {
    columnUses = List.copyOf(columnUses);
    outputs = List.copyOf(outputs);
    statistics = List.copyOf(statistics);
    measures = List.copyOf(measures);
    costs = List.copyOf(costs);
  }

  @Override
  public ProductKind kind() {
    return ProductKind.DP;
  }

  @Override
  public List<ProductTerms> products() {
    return question.products();
  }

  /** {@code person} or {@code record}. */
  public String protectedUnit() {
    return contributions.unit();
  }

  /** First the counts and sums per group, then one histogram per quantile argument. */
  @Override
  public List<EngineStatement> statements(EngineDialect dialect) {
    return new DpSql(this, dialect).statements();
  }
}
