package dev.weir.query.plan.policy;

import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.query.plan.UseClass;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What each column constraint allows. A use is allowed when any constraint granted to the party
 * allows it, unless one of them is NEVER.
 *
 * <table>
 *   <caption>constraint × use</caption>
 *   <tr><th>constraint</th><th>allows</th></tr>
 *   <tr><td>PLAINTEXT</td><td>every use</td></tr>
 *   <tr><td>PLAINTEXT_AFTER_JOIN</td><td>every use but SHOWN, in a question that joins two products</td></tr>
 *   <tr><td>PLAINTEXT_AFTER_GROUP_BY</td><td>GROUPED</td></tr>
 *   <tr><td>PLAINTEXT_AFTER_AGGREGATE</td><td>AGGREGATED, ORDERED</td></tr>
 *   <tr><td>PLAINTEXT_AFTER_COMPARE</td><td>FILTERED, COMPARED</td></tr>
 *   <tr><td>JOIN_KEY_ONLY</td><td>JOINED</td></tr>
 *   <tr><td>NEVER</td><td>nothing, and overrides the others</td></tr>
 * </table>
 */
public final class Grants {
  private Grants() {}

  /** The constraints granted to a party: those for every party and those that name it. */
  public static Set<ColumnConstraint> of(ProductColumn column, CreditCode party) {
    var granted = EnumSet.noneOf(ColumnConstraint.class);
    column.grants().stream()
        .filter(grant -> grant.party().map(party::equals).orElse(true))
        .forEach(grant -> granted.addAll(grant.constraints()));
    return granted;
  }

  /** Whether one constraint alone allows a use. */
  public static boolean allows(ColumnConstraint constraint, UseClass use, boolean joined) {
    return switch (constraint) {
      case PLAINTEXT -> true;
      case PLAINTEXT_AFTER_JOIN -> joined && use != UseClass.SHOWN;
      case PLAINTEXT_AFTER_GROUP_BY -> use == UseClass.GROUPED;
      case PLAINTEXT_AFTER_AGGREGATE -> use == UseClass.AGGREGATED || use == UseClass.ORDERED;
      case PLAINTEXT_AFTER_COMPARE -> use == UseClass.FILTERED || use == UseClass.COMPARED;
      case JOIN_KEY_ONLY -> use == UseClass.JOINED;
      case NEVER -> false;
    };
  }

  /** The constraints that would allow a use. */
  static List<ColumnConstraint> allowing(UseClass use, boolean joined) {
    return Arrays.stream(ColumnConstraint.values())
        .filter(constraint -> allows(constraint, use, joined))
        .toList();
  }
}
