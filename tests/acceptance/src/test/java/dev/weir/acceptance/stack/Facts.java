package dev.weir.acceptance.stack;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.product.Rollup;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * 2,000 made-up records, and products over them: {@code i} counts them, {@code g} has 20 groups of
 * 100, {@code city} one large group, one of 400 and one of 3, {@code amount} is {@code i / 10}, and
 * nobody may use {@code secret}.
 *
 * @param domain the resource is authorised to
 */
public record Facts(DomainId domain, ResourceId resource, LineageId lineage) {
  public static final int RECORDS = 2_000;

  /** Planted in every record; must show up nowhere. */
  public static final String CANARY = "canary-5b1f";

  private static final List<String> CITIES = List.of("福州", "厦门", "平潭");

  public static Facts load(EmbeddedServices services, DomainId domain) {
    return load(services, domain, i -> true);
  }

  /**
   * @param kept which of the records there are
   */
  public static Facts load(EmbeddedServices services, DomainId domain, IntPredicate kept) {
    var lineage = LineageId.random();
    return new Facts(domain, Records.load(services, domain, lineage, schema(), csv(kept)), lineage);
  }

  /** The records as a department writes them. */
  public static String csv(IntPredicate kept) {
    var csv = new StringBuilder("i,g,city,amount,secret\n");
    for (int i = 0; i < RECORDS; i++) {
      if (kept.test(i)) {
        csv.append(
            "%d,%d,%s,%d.%d,%s-%d\n"
                .formatted(i, i / 100, CITIES.get(city(i)), i / 10, i % 10, CANARY, i));
      }
    }
    return csv.toString();
  }

  private static int city(int i) {
    return i < 3 ? 2 : i % 5 == 0 ? 1 : 0;
  }

  public ProductTerms exact(String table) {
    return product(table, ProductKind.EXACT);
  }

  /** Exact, and {@code i} tells its records apart. */
  public ProductTerms keyed(String table) {
    var exact = exact(table);
    return new ProductTerms(
        exact.id(),
        exact.resourceId(),
        exact.lineageId(),
        exact.domainId(),
        exact.provider(),
        exact.kind(),
        table,
        exact.title(),
        exact.description(),
        exact.columns().stream().map(Facts::unique).toList(),
        exact.contribution(),
        exact.minGroup(),
        exact.price(),
        exact.synthetic());
  }

  private static ProductColumn unique(ProductColumn column) {
    return new ProductColumn(
        column.column(),
        column.grants(),
        column.bounds(),
        column.keyDomain(),
        column.column().name().equals("i"));
  }

  public ProductTerms dp(String table) {
    return product(table, ProductKind.DP);
  }

  /** Noised, and cities that nobody is from are among its declared keys. */
  public ProductTerms wide(String table, int cities) {
    var declared = new ArrayList<>(CITIES);
    IntStream.range(CITIES.size(), cities).forEach(i -> declared.add("无人之地" + i));
    return declaring(dp(table), declared);
  }

  /** Exact cells by city. */
  public ProductTerms cells(String table) {
    return declaring(exact(table), CITIES).with(new Rollup(List.of("city"), List.of("amount"), 0));
  }

  private static ProductTerms declaring(ProductTerms product, List<String> cities) {
    return new ProductTerms(
        product.id(),
        product.resourceId(),
        product.lineageId(),
        product.domainId(),
        product.provider(),
        product.kind(),
        product.tableName(),
        product.title(),
        product.description(),
        product.columns().stream()
            .map(column ->
                column.column().name().equals("city")
                    ? new ProductColumn(
                        column.column(),
                        column.grants(),
                        column.bounds(),
                        Optional.of(new KeyDomain(true, cities)),
                        column.unique())
                    : column)
            .toList(),
        product.contribution(),
        product.minGroup(),
        product.price(),
        product.synthetic());
  }

  private ProductTerms product(String table, ProductKind kind) {
    boolean dp = kind == ProductKind.DP;
    return new ProductTerms(
        ProductId.random(),
        resource,
        lineage,
        domain,
        ControlPlane.PROVIDER,
        kind,
        table,
        Bilingual.same(table),
        Bilingual.same(table),
        schema().columns().stream().map(column -> offered(column, dp)).toList(),
        Optional.empty(),
        20,
        new Price(100, 1_000, 1, 1_000_000),
        true);
  }

  private static ProductColumn offered(Column column, boolean dp) {
    boolean never = column.name().equals("secret");
    return new ProductColumn(
        column,
        List.of(
            new ProductColumn.Grant(
                Optional.empty(),
                Set.of(never ? ColumnConstraint.NEVER : ColumnConstraint.PLAINTEXT))),
        dp ? bounds(column) : Optional.empty(),
        dp && column.name().equals("city")
            ? Optional.of(new KeyDomain(true, CITIES))
            : Optional.empty(),
        false);
  }

  private static Optional<MeasureBounds> bounds(Column column) {
    return switch (column.name()) {
      case "i" -> Optional.of(bounds("0", "2000", "1"));
      case "amount" -> Optional.of(bounds("0", "200", "0.1"));
      default -> Optional.empty();
    };
  }

  private static MeasureBounds bounds(String lower, String upper, String granule) {
    return new MeasureBounds(
        new BigDecimal(lower), new BigDecimal(upper), new BigDecimal(granule), false);
  }

  private static RecordSchema schema() {
    return new RecordSchema(
        List.of(
            column("i", ColumnType.INTEGER, 0),
            column("g", ColumnType.INTEGER, 0),
            column("city", ColumnType.STRING, 0),
            column("amount", ColumnType.DECIMAL, 1),
            column("secret", ColumnType.STRING, 0)));
  }

  private static Column column(String name, ColumnType type, int scale) {
    return new Column(name, type, scale, true, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");
  }
}
