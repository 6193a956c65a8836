package dev.weir.query.rollup;

import dev.weir.kernel.DomainId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.policy.product.Contribution;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.product.Rollup;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.Values;
import dev.weir.runtime.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides what the cells of a product are, and nothing else: products and contracts
 * that agree on it share the counting. Immutable.
 *
 * @param id 32 hexadecimal digits over all the rest
 * @param keys in the order of the index; the last one runs fastest
 */
public record RollupSpec(
    String id,
    ResourceId resourceId,
    DomainId domainId,
    ProductKind kind,
    List<Key> keys,
    List<Measure> measures,
    Optional<Contribution> contribution) {
  public static final int MAX_CELLS = 1 << 20;
  private static final int ID_DIGITS = 32;

  public RollupSpec {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
  }

  /**
   * @param values distinct, in their textual form
   */
  public record Key(Column column, List<String> values) {
    public Key {
      values = List.copyOf(values);
    }
  }

  /**
   * @param bounds of a dp product; sums of an exact one are of the values as they are
   */
  public record Measure(Column column, Optional<MeasureBounds> bounds) {

    /** What one of the whole numbers that are summed is worth, in the unit of the column. */
    public BigDecimal unit() {
      return bounds
          .map(MeasureBounds::granule)
          .orElseGet(() -> BigDecimal.ONE.movePointLeft(column.scale()));
    }
  }

  private record Definition(
      ResourceId resourceId,
      DomainId domainId,
      ProductKind kind,
      List<Key> keys,
      List<Measure> measures,
      Optional<Contribution> contribution) {}

  /** The cells that a product declares; empty when it has none, or its terms do not carry them. */
  public static Optional<RollupSpec> of(ProductTerms product) {
    return product.rollup().flatMap(rollup -> of(product, rollup));
  }

  private static Optional<RollupSpec> of(ProductTerms product, Rollup rollup) {
    var keys =
        rollup.keys().stream().flatMap(name -> product.column(name).stream()).map(RollupSpec::key);
    var measures =
        rollup.measures().stream()
            .flatMap(name -> product.column(name).stream())
            .map(column -> measure(product.kind(), column));
    var made =
        new Definition(
            product.resourceId(),
            product.domainId(),
            product.kind(),
            keys.toList(),
            measures.toList(),
            product.contribution());
    boolean whole =
        made.keys().size() == rollup.keys().size()
            && made.measures().size() == rollup.measures().size()
            && cells(made.keys()) <= MAX_CELLS
            && cells(made.keys()) > 0
            && made.measures().stream()
                .allMatch(m -> product.kind() == ProductKind.EXACT || m.bounds().isPresent());
    return whole
        ? Optional.of(
            new RollupSpec(
                Json.sha256Hex(Json.canonical(made)).substring(0, ID_DIGITS),
                made.resourceId(),
                made.domainId(),
                made.kind(),
                made.keys(),
                made.measures(),
                made.contribution()))
        : Optional.empty();
  }

  private static Key key(ProductColumn column) {
    var type = ExprType.of(column.column());
    return new Key(
        column.column(),
        column
            .keyDomain()
            .filter(KeyDomain::declared)
            .map(KeyDomain::values)
            .orElse(List.of())
            .stream()
            .flatMap(text -> Values.parse(type, text).stream())
            .map(Values::text)
            .distinct()
            .toList());
  }

  private static Measure measure(ProductKind kind, ProductColumn column) {
    return new Measure(
        column.column(), kind == ProductKind.DP ? column.bounds() : Optional.empty());
  }

  private static long cells(List<Key> keys) {
    long cells = 1;
    for (Key key : keys) {
      cells = Math.min(MAX_CELLS + 1L, cells * key.values().size());
    }
    return cells;
  }

  /** Number of combinations of key values. */
  public int cells() {
    return (int) cells(keys);
  }

  /** Values of a published cell: the count, then each sum. */
  public int width() {
    return 1 + measures.size();
  }

  /** What the cells are in SQL, so that the same planner decides about both. */
  public String sql(String table) {
    var sql = new StringBuilder("SELECT ");
    keys.forEach(key -> sql.append(quoted(key.column())).append(", "));
    sql.append("COUNT(*)");
    measures.forEach(measure -> sql.append(", SUM(").append(quoted(measure.column())).append(')'));
    sql.append(" FROM ").append(table).append(" GROUP BY ");
    sql.append(String.join(", ", keys.stream().map(key -> quoted(key.column())).toList()));
    return sql.toString();
  }

  private static String quoted(Column column) {
    return '"' + column.name() + '"';
  }
}
