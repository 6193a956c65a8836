package dev.weir.benchmarks.terms;

import dev.weir.kernel.Bilingual;
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
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The public flights and airports as products: the flights once with noise and once exact, both
 * over the same records; the airports exact, for they are public.
 */
public final class FlightTerms {
  public static final ResourceId FLIGHT_RECORDS = new ResourceId(new UUID(5, 1));
  public static final ResourceId AIRPORT_RECORDS = new ResourceId(new UUID(5, 2));
  public static final LineageId FLIGHT_LINEAGE = new LineageId(new UUID(4, 1));
  public static final DomainId DOMAIN = new DomainId(new UUID(3, 1));
  public static final int MIN_GROUP = 50;

  private static final LineageId AIRPORT_LINEAGE = new LineageId(new UUID(4, 2));
  private static final List<String> MONTHS =
      List.of(
          "2001-01-01",
          "2001-02-01",
          "2001-03-01",
          "2001-04-01",
          "2001-05-01",
          "2001-06-01",
          "2001-07-01");

  private FlightTerms() {}

  /**
   * @param codes of the airports, the public key domain
   */
  public static ProductTerms noisy(List<String> codes) {
    return product(
        1, FLIGHT_RECORDS, FLIGHT_LINEAGE, ProductKind.DP, "flights", flightColumns(codes));
  }

  public static ProductTerms exact(List<String> codes) {
    return product(
        2, FLIGHT_RECORDS, FLIGHT_LINEAGE, ProductKind.EXACT, "flights", flightColumns(codes));
  }

  public static ProductTerms airports(List<String> states) {
    return product(
        3,
        AIRPORT_RECORDS,
        AIRPORT_LINEAGE,
        ProductKind.EXACT,
        "airports",
        List.of(
            new ProductColumn(
                column("iata", ColumnType.STRING), open(), Optional.empty(), keys(), true),
            keyed("state", ColumnType.STRING, states, open())));
  }

  private static List<ProductColumn> flightColumns(List<String> codes) {
    return List.of(
        keyed("date", ColumnType.DATE, MONTHS),
        measure("delay", -60, 180),
        measure("distance", 0, 5_000),
        keyed("origin", ColumnType.STRING, codes));
  }

  private static Optional<KeyDomain> keys() {
    return Optional.empty();
  }

  private static ProductColumn keyed(String name, ColumnType type, List<String> values) {
    return keyed(name, type, values, keyGrant());
  }

  private static ProductColumn keyed(
      String name, ColumnType type, List<String> values, List<ProductColumn.Grant> grants) {
    return new ProductColumn(
        column(name, type),
        grants,
        Optional.empty(),
        Optional.of(new KeyDomain(true, values)),
        false);
  }

  private static ProductColumn measure(String name, long lower, long upper) {
    var bounds =
        new MeasureBounds(
            BigDecimal.valueOf(lower), BigDecimal.valueOf(upper), BigDecimal.ONE, false);
    return new ProductColumn(
        column(name, ColumnType.INTEGER),
        grant(ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE, ColumnConstraint.PLAINTEXT_AFTER_COMPARE),
        Optional.of(bounds),
        Optional.empty(),
        false);
  }

  /** What a join with protected records takes for public. */
  private static List<ProductColumn.Grant> open() {
    return grant(ColumnConstraint.PLAINTEXT);
  }

  private static List<ProductColumn.Grant> keyGrant() {
    return grant(
        ColumnConstraint.PLAINTEXT_AFTER_GROUP_BY,
        ColumnConstraint.PLAINTEXT_AFTER_COMPARE,
        ColumnConstraint.JOIN_KEY_ONLY);
  }

  private static List<ProductColumn.Grant> grant(ColumnConstraint... constraints) {
    return List.of(new ProductColumn.Grant(Optional.empty(), Set.of(constraints)));
  }

  private static Column column(String name, ColumnType type) {
    return new Column(
        name, type, 0, true, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "public record");
  }

  private static ProductTerms product(
      long number,
      ResourceId resource,
      LineageId lineage,
      ProductKind kind,
      String table,
      List<ProductColumn> columns) {
    return new ProductTerms(
        new ProductId(new UUID(1, number)),
        resource,
        lineage,
        DOMAIN,
        Contracts.PROVIDER,
        kind,
        table,
        Bilingual.same(table),
        Bilingual.same(table),
        columns,
        Optional.empty(),
        MIN_GROUP,
        new Price(0, 0, 0, 0),
        false);
  }
}
