package dev.weir.query.plan;

import dev.weir.kernel.Bilingual;
import java.util.Optional;

/**
 * Why a query may not run. Fit to publish: names nodes, columns, rules and positions, never a
 * value.
 *
 * @param node the kind of relational, scalar or statement node, such as {@code UNION} or {@code
 *     RAND}
 * @param column {@code table.column}, when one column is the reason
 * @param ruleId stable id of a {@link PlanRule}
 * @param reason what was found
 * @param helpfulGrant which grant or declaration would have allowed it, when one could
 * @param position {@code line:column} in the SQL text, when known
 */
public record Refusal(
    String node,
    Optional<String> column,
    String ruleId,
    Bilingual reason,
    Optional<Bilingual> helpfulGrant,
    Optional<String> position) {

  public static Refusal of(String node, PlanRule rule) {
    return new Refusal(
        node, Optional.empty(), rule.id(), rule.reason(), rule.help(), Optional.empty());
  }

  public Refusal at(String where) {
    return new Refusal(node, column, ruleId, reason, helpfulGrant, Optional.of(where));
  }

  public Refusal about(String tableAndColumn) {
    return new Refusal(node, Optional.of(tableAndColumn), ruleId, reason, helpfulGrant, position);
  }
}
