package dev.weir.query.plan;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.Contribution;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Builds products for tests. */
final class Products {
  static final CreditCode PARTY = code("91440000000000001");
  static final CreditCode PROVIDER = code("11440000000000002");

  private final String table;
  private final ProductKind kind;
  private final List<ProductColumn> columns = new ArrayList<>();
  private Optional<Contribution> contribution = Optional.empty();
  private int minGroup = 50;

  private Products(String table, ProductKind kind) {
    this.table = table;
    this.kind = kind;
  }

  static Products dp(String table) {
    return new Products(table, ProductKind.DP);
  }

  static Products exact(String table) {
    return new Products(table, ProductKind.EXACT);
  }

  static CreditCode code(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  Products person(String key, int maxGroups, int maxRowsPerGroup) {
    contribution = Optional.of(new Contribution(key, maxGroups, maxRowsPerGroup));
    return this;
  }

  Products minGroup(int records) {
    minGroup = records;
    return this;
  }

  Products column(String name, ColumnType type, ColumnConstraint... constraints) {
    return column(name, type, 0, Optional.empty(), Optional.empty(), false, constraints);
  }

  Products decimal(String name, int scale, ColumnConstraint... constraints) {
    return column(
        name, ColumnType.DECIMAL, scale, Optional.empty(), Optional.empty(), false, constraints);
  }

  Products unique(String name, ColumnType type, ColumnConstraint... constraints) {
    return column(name, type, 0, Optional.empty(), Optional.empty(), true, constraints);
  }

  /** No record lacks the column named last. */
  Products filled() {
    var last = columns.removeLast();
    var known = last.column();
    var column =
        new Column(
            known.name(),
            known.type(),
            known.scale(),
            false,
            known.role(),
            known.legalClass(),
            known.level(),
            known.description());
    columns.add(
        new ProductColumn(column, last.grants(), last.bounds(), last.keyDomain(), last.unique()));
    return this;
  }

  Products measure(
      String name, ColumnType type, int scale, String lower, String upper, String step) {
    var bounds =
        new MeasureBounds(
            new BigDecimal(lower), new BigDecimal(upper), new BigDecimal(step), false);
    return column(
        name,
        type,
        scale,
        Optional.of(bounds),
        Optional.empty(),
        false,
        ColumnConstraint.PLAINTEXT);
  }

  Products key(String name, ColumnType type, String... values) {
    return column(
        name,
        type,
        0,
        Optional.empty(),
        Optional.of(new KeyDomain(true, List.of(values))),
        false,
        ColumnConstraint.PLAINTEXT);
  }

  Products selectedKey(String name, ColumnType type) {
    return column(
        name,
        type,
        0,
        Optional.empty(),
        Optional.of(new KeyDomain(false, List.of())),
        false,
        ColumnConstraint.PLAINTEXT);
  }

  private Products column(
      String name,
      ColumnType type,
      int scale,
      Optional<MeasureBounds> bounds,
      Optional<KeyDomain> domain,
      boolean unique,
      ColumnConstraint... constraints) {
    var column =
        new Column(name, type, scale, true, ColumnRole.ORDINARY, LegalClass.GENERAL, 2, "");
    List<ProductColumn.Grant> grants =
        constraints.length == 0
            ? List.of()
            : List.of(new ProductColumn.Grant(Optional.empty(), Set.of(constraints)));
    columns.add(new ProductColumn(column, grants, bounds, domain, unique));
    return this;
  }

  ProductTerms build() {
    return new ProductTerms(
        new ProductId(id("product")),
        new ResourceId(id("resource")),
        new LineageId(id("lineage")),
        new DomainId(id("domain")),
        PROVIDER,
        kind,
        table,
        Bilingual.same(table),
        Bilingual.same(table),
        columns,
        contribution,
        minGroup,
        new Price(0, 0, 0, 0),
        false);
  }

  private UUID id(String what) {
    return UUID.nameUUIDFromBytes((what + table).getBytes(StandardCharsets.UTF_8));
  }
}
