package dev.weir.space.product;

import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.space.change.Violations;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What one offered column must keep to. Confined to one check. */
final class ColumnRules {
  private static final int MAX_KEYS = 100_000;
  private static final Set<ColumnType> NUMBERS =
      EnumSet.of(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.DOUBLE);
  private static final Set<ColumnConstraint> PERSON_KEY_USES =
      EnumSet.of(ColumnConstraint.JOIN_KEY_ONLY, ColumnConstraint.NEVER);

  private final ProductColumn column;
  private final Violations violations;
  private final Set<ColumnConstraint> granted = EnumSet.noneOf(ColumnConstraint.class);

  ColumnRules(ProductColumn column, Violations violations) {
    this.column = column;
    this.violations = violations;
    column.grants().forEach(grant -> granted.addAll(grant.constraints()));
  }

  void check(ProductKind kind) {
    checkPersons();
    switch (kind) {
      case EXACT -> {}
      case DP -> checkNoise();
    }
    column.keyDomain().ifPresent(this::checkDomain);
    require(column.bounds().isEmpty() || isNumber(), "bounds: only of a numeric column");
  }

  private void checkPersons() {
    var role = column.column().role();
    if (role == ColumnRole.DIRECT_IDENTIFIER) {
      require(
          Set.of(ColumnConstraint.NEVER).containsAll(granted),
          "direct-identifier: may only be granted NEVER");
    }
    if (role == ColumnRole.PERSON_KEY) {
      require(
          PERSON_KEY_USES.containsAll(granted),
          "person-key-grant: may only be granted JOIN_KEY_ONLY or NEVER");
    }
  }

  private void checkNoise() {
    require(
        !granted.contains(ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
            || !isNumber()
            || column.bounds().isPresent(),
        "measure-bounds: a measure of a dp product needs declared bounds and granule");
    require(
        !granted.contains(ColumnConstraint.PLAINTEXT_AFTER_GROUP_BY)
            || column.keyDomain().isPresent(),
        "key-domain: a group key of a dp product needs a key domain or private selection");
  }

  private void checkDomain(KeyDomain domain) {
    require(
        domain.declared() != domain.values().isEmpty(),
        "key-domain: a declared domain lists its values, private selection lists none");
    require(
        domain.values().size() <= MAX_KEYS
            && new HashSet<>(domain.values()).size() == domain.values().size(),
        "key-domain: at most 100000 distinct values");
  }

  private boolean isNumber() {
    return NUMBERS.contains(column.column().type());
  }

  private void require(boolean holds, String rule) {
    violations.require(holds, rule + ", column " + column.column().name());
  }
}
