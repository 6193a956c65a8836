package dev.weir.space.product;

import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.policy.product.ProductColumn;
import dev.weir.space.SpaceRules;
import dev.weir.space.change.Violations;
import dev.weir.space.domain.OperationDomain;
import dev.weir.space.resource.Resource;
import java.util.HashSet;
import java.util.Locale;

/**
 * What a draft must keep to before it is saved. Checked again at submission, since resource and
 * domain may have changed. Reads no data. Stateless.
 */
final class ProductRules {
  private static final int MAX_COLUMNS = 500;
  private static final int MAX_TEXT_CHARACTERS = 4_000;

  private final SpaceRules rules;

  ProductRules(SpaceRules rules) {
    this.rules = rules;
  }

  /**
   * @throws dev.weir.kernel.ProblemException of type VALIDATION_FAILED that lists every violation
   */
  void check(ProductDraft draft, Resource resource, OperationDomain domain) {
    var violations = new Violations();
    checkShape(draft, violations);
    for (ProductColumn column : draft.columns()) {
      checkOrigin(column.column(), resource, violations);
      new ColumnRules(column, violations).check(draft.kind());
    }
    switch (draft.kind()) {
      case EXACT -> checkExact(draft, resource, violations);
      case DP -> checkContribution(draft, resource, violations);
    }
    draft.rollup().ifPresent(rollup -> new RollupRules(draft, violations).check(rollup));
    checkPrice(draft, domain, violations);
    violations.refuse("The product breaks rules.");
  }

  private static void checkShape(ProductDraft draft, Violations violations) {
    var names = new HashSet<String>();
    boolean distinct =
        draft.columns().stream()
            .allMatch(column -> names.add(column.column().name().toLowerCase(Locale.ROOT)));
    violations.require(distinct, "columns-distinct: column names differ, whatever their case");
    violations.require(
        !draft.columns().isEmpty() && draft.columns().size() <= MAX_COLUMNS,
        "columns: from 1 to 500");
    violations.require(
        draft.tableName().matches("[a-z_][a-z0-9_]{0,62}"),
        "table-name: 1 to 63 lower-case letters, digits or underscores");
    violations.require(
        isText(draft.title().zh()) && isText(draft.title().en()), "title: in both languages");
    violations.require(
        isText(draft.description().zh()) && isText(draft.description().en()),
        "description: in both languages, at most 4000 characters");
    violations.require(
        isText(draft.topic()) && draft.topic().length() <= 64, "topic: 1 to 64 characters");
    violations.require(draft.minGroup() >= 0, "min-group: not negative");
  }

  /** A column keeps what the confirmed schema says of it; treatment may change type and level. */
  private static void checkOrigin(Column column, Resource resource, Violations violations) {
    var origin = resource.schema().column(column.name());
    violations.require(
        origin.isPresent(), "column-origin: the resource has no column " + column.name());
    origin.ifPresent(source -> {
      violations.require(
          source.role() == column.role(),
          "column-role: as confirmed for the resource, column " + column.name());
      violations.require(
          source.legalClass() == column.legalClass(),
          "column-class: as confirmed for the resource, column " + column.name());
      violations.require(
          column.level() <= source.level(),
          "column-level: not above the resource's, column " + column.name());
    });
  }

  private void checkExact(ProductDraft draft, Resource resource, Violations violations) {
    boolean persons =
        resource.schema().columns().stream()
            .anyMatch(column ->
                column.role() == ColumnRole.DIRECT_IDENTIFIER
                    || column.role() == ColumnRole.PERSON_KEY);
    violations.require(!persons, "exact-without-persons: the resource has columns about persons");
    violations.require(
        draft.minGroup() >= rules.floors().minGroup(),
        "min-group-floor: at least " + rules.floors().minGroup());
    violations.require(draft.contribution().isEmpty(), "contribution: only of a dp product");
  }

  private static void checkContribution(
      ProductDraft draft, Resource resource, Violations violations) {
    boolean keyed =
        resource.schema().columns().stream()
            .anyMatch(column -> column.role() == ColumnRole.PERSON_KEY);
    violations.require(
        !keyed || draft.contribution().isPresent(),
        "person-key: the resource has a person key, so the contribution of a person is bounded");
    draft
        .contribution()
        .ifPresent(contribution ->
            violations.require(
                draft.columns().stream()
                    .map(ProductColumn::column)
                    .anyMatch(column ->
                        column.role() == ColumnRole.PERSON_KEY
                            && column.name().equalsIgnoreCase(contribution.personKey())),
                "person-key: names a person key column of the product"));
  }

  private static void checkPrice(
      ProductDraft draft, OperationDomain domain, Violations violations) {
    long ceiling = domain.proposal().feeCeilingFen();
    violations.require(
        draft.price().perCallFen() <= ceiling && draft.price().perRhoFen() <= ceiling,
        "fee-ceiling: at most " + ceiling + " fen a call and a unit of rho");
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= MAX_TEXT_CHARACTERS;
  }
}
