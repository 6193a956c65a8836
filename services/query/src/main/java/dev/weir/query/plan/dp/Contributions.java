package dev.weir.query.plan.dp;

import dev.weir.query.plan.expr.Expr.Col;
import java.util.Optional;

/**
 * The protected unit and the bound on its contribution.
 *
 * @param personKey whose rows are bounded together; empty when the unit is the record
 * @param maxGroups groups of the answer one unit may appear in
 * @param maxRowsPerGroup rows of one unit counted in a group
 */
public record Contributions(Optional<Col> personKey, int maxGroups, int maxRowsPerGroup) {
  public static final Contributions RECORD = new Contributions(Optional.empty(), 1, 1);

  public String unit() {
    return personKey.isPresent() ? "person" : "record";
  }
}
