package dev.weir.query.rollup;

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
import dev.weir.policy.product.Rollup;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A product of trips: by city and class, with a fare; of persons when it is noised. */
public final class Trips {
  public static final CreditCode PROVIDER = code("11440000000000002");
  public static final CreditCode BUILDER = code("91440000000000001");
  static final ResourceId RESOURCE = ResourceId.of("00000000-0000-4000-8000-0000000000a1");
  static final DomainId DOMAIN = DomainId.of("00000000-0000-4000-8000-0000000000a2");
  static final List<String> CITIES = List.of("福州", "厦门", "平潭");
  static final List<String> CLASSES = List.of("1", "2");
  static final long NANO_RHO = 40_000_000;

  private Trips() {}

  /** Each person in at most two cells, with at most three trips in each. */
  static ProductTerms noised(LineageId lineage) {
    return product(
        lineage, ProductKind.DP, Optional.of(new Contribution("person", 2, 3)), NANO_RHO);
  }

  /** Without persons, noised per record. */
  static ProductTerms perRecord(LineageId lineage) {
    return product(lineage, ProductKind.DP, Optional.empty(), NANO_RHO);
  }

  public static ProductTerms exact(LineageId lineage) {
    return product(lineage, ProductKind.EXACT, Optional.empty(), 0);
  }

  private static ProductTerms product(
      LineageId lineage, ProductKind kind, Optional<Contribution> contribution, long nanoRho) {
    return new ProductTerms(
            ProductId.random(),
            RESOURCE,
            lineage,
            DOMAIN,
            PROVIDER,
            kind,
            "trips",
            Bilingual.same("trips"),
            Bilingual.same("trips"),
            columns(contribution.isPresent()),
            contribution,
            20,
            new Price(100, 1_000, 0, 1_000_000),
            true)
        .with(new Rollup(List.of("city", "class"), List.of("fare"), nanoRho));
  }

  private static List<ProductColumn> columns(boolean persons) {
    return Stream.concat(
            persons
                ? Stream.of(column("person", ColumnType.STRING, ColumnRole.PERSON_KEY, false))
                : Stream.of(),
            Stream.of(
                key("city", ColumnType.STRING, CITIES),
                key("class", ColumnType.INTEGER, CLASSES),
                column("fare", ColumnType.INTEGER, ColumnRole.ORDINARY, true)))
        .toList();
  }

  private static ProductColumn key(String name, ColumnType type, List<String> values) {
    return new ProductColumn(
        new Column(name, type, 0, true, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, ""),
        List.of(
            new ProductColumn.Grant(
                Optional.empty(), Set.of(ColumnConstraint.PLAINTEXT_AFTER_GROUP_BY))),
        Optional.empty(),
        Optional.of(new KeyDomain(true, values)),
        false);
  }

  private static ProductColumn column(
      String name, ColumnType type, ColumnRole role, boolean measure) {
    var bounds = new MeasureBounds(BigDecimal.ZERO, BigDecimal.valueOf(100), BigDecimal.ONE, false);
    return new ProductColumn(
        new Column(name, type, 0, true, role, LegalClass.GENERAL, 1, ""),
        measure
            ? List.of(
                new ProductColumn.Grant(
                    Optional.empty(), Set.of(ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)))
            : List.of(),
        measure ? Optional.of(bounds) : Optional.empty(),
        Optional.empty(),
        false);
  }

  static CreditCode code(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }
}
