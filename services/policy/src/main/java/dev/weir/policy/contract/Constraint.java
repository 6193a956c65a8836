package dev.weir.policy.contract;

import java.util.List;

/**
 * One constraint as written, not yet checked: the policy loader turns it into a checked one or
 * refuses the contract.
 *
 * @param name one of the 19 constraint names, or something unknown, which denies
 * @param operator code or name of one of the 12 operators
 * @param values the right-hand side; one value for comparing operators, one or more for the set
 *     operators
 * @param item for {@code expansionItem}: the named item, such as {@code purpose}; otherwise empty
 */
public record Constraint(String name, String operator, List<String> values, String item) {
  public Constraint {
    values = List.copyOf(values);
  }
}
