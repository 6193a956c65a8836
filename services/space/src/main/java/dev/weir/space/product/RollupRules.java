package dev.weir.space.product;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.Rollup;
import dev.weir.space.change.Violations;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the cells of a draft must keep to. Confined to one check. */
final class RollupRules {
  private static final long MAX_CELLS = 1 << 20;
  private static final Set<ColumnType> WHOLE = EnumSet.of(ColumnType.INTEGER, ColumnType.DECIMAL);

  private final ProductDraft draft;
  private final Violations violations;

  RollupRules(ProductDraft draft, Violations violations) {
    this.draft = draft;
    this.violations = violations;
  }

  void check(Rollup rollup) {
    violations.require(
        new HashSet<>(rollup.keys()).size() == rollup.keys().size()
            && new HashSet<>(rollup.measures()).size() == rollup.measures().size(),
        "rollup-distinct: each key and each measure once");
    long cells = 1;
    for (String key : rollup.keys()) {
      int values =
          column(key).flatMap(ProductColumn::keyDomain).map(d -> d.values().size()).orElse(0);
      violations.require(
          values > 0 && column(key).map(c -> c.column().type() != ColumnType.DOUBLE).orElse(false),
          "rollup-key: has a declared key domain and is no binary fraction, column " + key);
      cells = Math.min(MAX_CELLS + 1, cells * Math.max(1, values));
    }
    violations.require(cells <= MAX_CELLS, "rollup-cells: at most " + MAX_CELLS);
    rollup.measures().forEach(this::checkMeasure);
    violations.require(
        (draft.kind() == ProductKind.DP) == (rollup.nanoRho() > 0),
        "rollup-charge: above 0 for a dp product, 0 for an exact one");
  }

  private void checkMeasure(String measure) {
    boolean fit =
        switch (draft.kind()) {
          case DP -> column(measure).map(column -> column.bounds().isPresent()).orElse(false);
          case EXACT ->
              column(measure).map(column -> WHOLE.contains(column.column().type())).orElse(false);
        };
    violations.require(
        fit,
        "rollup-measure: has bounds in a dp product, is whole or decimal in an exact one, column "
            + measure);
  }

  private Optional<ProductColumn> column(String name) {
    return draft.columns().stream()
        .filter(column -> column.column().name().equalsIgnoreCase(name))
        .findFirst();
  }
}
