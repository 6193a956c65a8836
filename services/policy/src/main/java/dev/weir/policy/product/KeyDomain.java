package dev.weir.policy.product;

import java.util.List;

/**
 * The public values a group key can take. With a declared domain every key appears in the answer,
 * empty ones included; {@code declared = false} means groups come from private selection, charged
 * with its own δ.
 *
 * @param values in the column's textual form, distinct; empty when not declared
 * @param declared whether the department declared the domain from public knowledge
 */
public record KeyDomain(boolean declared, List<String> values) {
  public KeyDomain {
    values = List.copyOf(values);
  }
}
