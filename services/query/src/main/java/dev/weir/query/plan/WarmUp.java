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

/** A made-up product and a query over it that loads every part of the planner. */
final class WarmUp {
  private static final String NO_BODY = "91000000000000000";
  static final String SQL =
      """
      SELECT k, COUNT(*), AVG(x), MEDIAN(x) FROM warm WHERE x BETWEEN 1 AND 9 AND k LIKE 'a%'
      GROUP BY k HAVING COUNT(*) > 1 ORDER BY k LIMIT 3
      """;
  static final CreditCode PARTY = CreditCode.of(NO_BODY + CreditCode.checkCharacter(NO_BODY));

  private WarmUp() {}

  static ProductTerms product() {
    var none = new UUID(0, 0);
    return new ProductTerms(
        new ProductId(none),
        new ResourceId(none),
        new LineageId(none),
        new DomainId(none),
        PARTY,
        ProductKind.DP,
        "warm",
        Bilingual.same("warm"),
        Bilingual.same("warm"),
        List.of(
            column(
                "k",
                ColumnType.STRING,
                Optional.empty(),
                Optional.of(new KeyDomain(true, List.of("a")))),
            column(
                "x",
                ColumnType.INTEGER,
                Optional.of(
                    new MeasureBounds(BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.ONE, false)),
                Optional.empty())),
        Optional.empty(),
        1,
        new Price(0, 0, 0, 0),
        true);
  }

  private static ProductColumn column(
      String name, ColumnType type, Optional<MeasureBounds> bounds, Optional<KeyDomain> domain) {
    return new ProductColumn(
        new Column(name, type, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, ""),
        List.of(new ProductColumn.Grant(Optional.empty(), Set.of(ColumnConstraint.PLAINTEXT))),
        bounds,
        domain,
        false);
  }
}
