package dev.weir.space.product;

import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Rows that look like a product's, drawn evenly and independently from its declared bounds and key
 * domains. It has no way to reach a record, so it tells nothing about any.
 *
 * @param columns names of the columns shown, in order; direct identifiers and columns that may
 *     never be used are left out
 * @param rows [rows][columns], in textual form
 */
public record SyntheticSample(boolean synthetic, List<String> columns, List<List<String>> rows) {
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final int DAYS = 3_650;
  private static final int PLACEHOLDERS = 100;

  public SyntheticSample {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * @param count rows wanted, from 1 to 100
   */
  static SyntheticSample of(ProductTerms terms, int count, RandomGenerator random) {
    var shown = terms.columns().stream().filter(isShown()).toList();
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < count; i++) {
      rows.add(shown.stream().map(column -> value(column, random)).toList());
    }
    return new SyntheticSample(
        true, shown.stream().map(column -> column.column().name()).toList(), rows);
  }

  private static Predicate<ProductColumn> isShown() {
    return column ->
        column.column().role() != ColumnRole.DIRECT_IDENTIFIER
            && column.grants().stream()
                .noneMatch(grant -> grant.constraints().contains(ColumnConstraint.NEVER));
  }

  private static String value(ProductColumn column, RandomGenerator random) {
    if (column.keyDomain().isPresent() && column.keyDomain().get().declared()) {
      return key(column.keyDomain().get(), random);
    }
    if (column.bounds().isPresent()) {
      return measure(column.bounds().get(), random);
    }
    return placeholder(column.column(), random);
  }

  private static String key(KeyDomain domain, RandomGenerator random) {
    return domain.values().get(random.nextInt(domain.values().size()));
  }

  private static String measure(MeasureBounds bounds, RandomGenerator random) {
    BigInteger steps =
        bounds
            .upper()
            .subtract(bounds.lower())
            .divideToIntegralValue(bounds.granule())
            .toBigInteger();
    long span = steps.min(BigInteger.valueOf(Long.MAX_VALUE - 1)).longValueExact();
    var step = BigDecimal.valueOf(random.nextLong(span + 1));
    return bounds.lower().add(bounds.granule().multiply(step)).toPlainString();
  }

  private static String placeholder(Column column, RandomGenerator random) {
    int number = random.nextInt(PLACEHOLDERS);
    return switch (column.type()) {
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
      case INTEGER -> Integer.toString(number);
      case DECIMAL -> BigDecimal.valueOf(number, column.scale()).toPlainString();
      case DOUBLE -> Double.toString(number);
      case STRING -> "sample-" + number;
      case DATE -> day(random).toString();
      case TIMESTAMP -> day(random).atStartOfDay().toInstant(ZoneOffset.UTC).toString();
    };
  }

  private static LocalDate day(RandomGenerator random) {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }
}
