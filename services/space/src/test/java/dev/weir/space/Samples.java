package dev.weir.space;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Term;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.Price;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.Rollup;
import dev.weir.space.contract.ContractDraft;
import dev.weir.space.domain.DomainProposal;
import dev.weir.space.domain.UseScene;
import dev.weir.space.product.ProductDraft;
import dev.weir.space.resource.Openness;
import dev.weir.space.resource.ResourceDraft;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Well-formed bodies to start from. */
public final class Samples {
  public static final Price PRICE = new Price(100, 1_000, 0, 100_000);
  public static final Bilingual TEXT = new Bilingual("航班准点", "Flight delays");
  public static final Term DOMAIN_TERM =
      new Term(
          SpaceFixture.START.minus(Duration.ofDays(1)),
          SpaceFixture.START.plus(Duration.ofDays(365)));
  public static final Term CONTRACT_TERM =
      new Term(SpaceFixture.START, SpaceFixture.START.plus(Duration.ofDays(90)));

  private Samples() {}

  public static DomainProposal domain() {
    return new DomainProposal(
        TEXT,
        SpaceFixture.DEPARTMENT,
        new UseScene(TEXT, List.of(new UseScene.Purpose("delay-statistics", TEXT))),
        DOMAIN_TERM,
        TEXT,
        10_000,
        3,
        "gm");
  }

  public static ResourceDraft resource(int level) {
    return new ResourceDraft(
        TEXT,
        TEXT,
        "transport",
        Openness.CONDITIONAL,
        new ResourceDraft.SchemaDraft(
            List.of(
                draft("origin", ColumnType.STRING, level), draft("delay", ColumnType.INTEGER, 1))),
        Optional.empty(),
        false);
  }

  public static ResourceDraft.ColumnDraft draft(String name, ColumnType type, int level) {
    return new ResourceDraft.ColumnDraft(
        name,
        type,
        0,
        false,
        ColumnRole.ORDINARY,
        Optional.of(LegalClass.GENERAL),
        Optional.of(level),
        name);
  }

  public static ProductDraft product(ResourceId resource) {
    return new ProductDraft(
        resource,
        ProductKind.DP,
        "flights",
        TEXT,
        TEXT,
        "transport",
        List.of(
            new ProductColumn(
                column("origin", ColumnType.STRING),
                List.of(grant(ColumnConstraint.PLAINTEXT_AFTER_GROUP_BY)),
                Optional.empty(),
                Optional.of(new KeyDomain(true, List.of("HGH", "PVG"))),
                false),
            new ProductColumn(
                column("delay", ColumnType.INTEGER),
                List.of(grant(ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)),
                Optional.of(
                    new MeasureBounds(
                        BigDecimal.valueOf(-60), BigDecimal.valueOf(180), BigDecimal.ONE, false)),
                Optional.empty(),
                false)),
        Optional.empty(),
        0,
        PRICE,
        Optional.of(new Rollup(List.of("origin"), List.of("delay"), 1_000_000)));
  }

  public static Column column(String name, ColumnType type) {
    return new Column(name, type, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, name);
  }

  public static ProductColumn.Grant grant(ColumnConstraint... constraints) {
    return new ProductColumn.Grant(Optional.empty(), Set.of(constraints));
  }

  public static ContractDraft contract(
      DomainId domain, ProductId product, LineageId lineage, long nanoRho, CreditCode consumer) {
    return contract(domain, product, lineage, nanoRho, consumer, PRICE);
  }

  public static ContractDraft contract(
      DomainId domain,
      ProductId product,
      LineageId lineage,
      long nanoRho,
      CreditCode consumer,
      Price price) {
    return new ContractDraft(
        "flights for statistics",
        "",
        "02",
        "gm",
        CONTRACT_TERM,
        domain,
        "delay-statistics",
        List.of(product),
        List.of(),
        List.of(
            new Rule(
                "use",
                Rule.Kind.PERMISSION,
                consumer,
                "compute",
                product,
                List.of(new Constraint("count", "lteq", List.of("100"), "")),
                List.of())),
        List.of(new Allotment(lineage, nanoRho, 0)),
        price,
        20);
  }
}
