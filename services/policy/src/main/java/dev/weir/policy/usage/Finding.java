package dev.weir.policy.usage;

import dev.weir.kernel.Bilingual;

/**
 * One thing found in a policy when it was loaded.
 *
 * @param where rule id, and constraint or duty name, joined by a slash; or the field of the
 *     contract
 */
public record Finding(LoadRule rule, String where) {
  public Bilingual text() {
    return rule.text();
  }
}
