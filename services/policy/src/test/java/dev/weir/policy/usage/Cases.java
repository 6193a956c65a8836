package dev.weir.policy.usage;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Role;
import dev.weir.kernel.Term;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Price;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseClass;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.term.Action;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One contract, one use and the ways to vary them. */
public final class Cases {
  public static final PolicyBundle BUNDLE = PolicyBundle.load();
  public static final CreditCode PROVIDER = credit("11330100MB1234567");
  public static final CreditCode USER = credit("91330100MA2ABCDE0");
  public static final CreditCode STRANGER = credit("91330100MA2ABCDE1");
  public static final ProductId FLIGHTS = new ProductId(new UUID(1, 1));
  public static final ProductId AIRPORTS = new ProductId(new UUID(1, 2));
  public static final ContractId CONTRACT = new ContractId(new UUID(2, 1));
  public static final DomainId DOMAIN = new DomainId(new UUID(3, 1));
  public static final LineageId LINEAGE = new LineageId(new UUID(4, 1));
  public static final Instant NOW = Instant.parse("2026-06-15T02:30:00Z");
  public static final Term TERM =
      new Term(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
  public static final String PURPOSE = "delay-research";
  public static final Duration MINUTE = Duration.ofMinutes(1);

  private Cases() {}

  private static CreditCode credit(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  public static ProductTerms product(ProductId id, String table, ProductKind kind) {
    return new ProductTerms(
        id,
        new ResourceId(new UUID(5, id.value().getLeastSignificantBits())),
        LINEAGE,
        DOMAIN,
        PROVIDER,
        kind,
        table,
        Bilingual.same(table),
        Bilingual.same(table),
        List.of(
            column("origin", Set.of(ColumnConstraint.PLAINTEXT)),
            column("delay", Set.of(ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)),
            column("tail", Set.of(ColumnConstraint.NEVER, ColumnConstraint.PLAINTEXT)),
            column("key", Set.of(ColumnConstraint.JOIN_KEY_ONLY)),
            column("hidden", Set.of())),
        Optional.empty(),
        50,
        new Price(0, 0, 0, 0),
        false);
  }

  static ProductColumn column(String name, Set<ColumnConstraint> constraints) {
    return new ProductColumn(
        new Column(
            name,
            ColumnType.STRING,
            0,
            true,
            ColumnRole.ORDINARY,
            LegalClass.GENERAL,
            1,
            "a column"),
        constraints.isEmpty()
            ? List.of()
            : List.of(new ProductColumn.Grant(Optional.empty(), constraints)),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public static ContractTerms contract(Rule... rules) {
    return contract(50, List.of(rules));
  }

  public static ContractTerms contract(int minGroup, List<Rule> rules) {
    return new ContractTerms(
        CONTRACT,
        ContractCode.assign(9, USER, "3301", NOW, new SecureRandom()),
        "a contract",
        "",
        "02",
        "gm",
        1,
        TERM,
        DOMAIN,
        PURPOSE,
        List.of(new Party(PartyType.PROVIDER, PROVIDER), new Party(PartyType.USER, USER)),
        List.of(
            product(FLIGHTS, "flights", ProductKind.EXACT),
            product(AIRPORTS, "airports", ProductKind.EXACT)),
        rules,
        List.of(new Allotment(LINEAGE, 1_000, 0)),
        new Price(100, 0, 0, 1_000_000),
        minGroup);
  }

  public static Rule permit(String id, Constraint... constraints) {
    return rule(id, Rule.Kind.PERMISSION, "compute", List.of(constraints), List.of());
  }

  public static Rule forbid(String id, Constraint... constraints) {
    return rule(id, Rule.Kind.PROHIBITION, "compute", List.of(constraints), List.of());
  }

  public static Rule rule(
      String id, Rule.Kind kind, String action, List<Constraint> constraints, List<Duty> duties) {
    return new Rule(id, kind, USER, action, FLIGHTS, constraints, duties);
  }

  public static Constraint constraint(String name, String operator, String... values) {
    return new Constraint(
        name, operator, List.of(values), name.equals("expansionItem") ? "purpose" : "");
  }

  public static Channel channel() {
    return new Channel(
        Optional.of("10.1.2.3"),
        Optional.of("330106"),
        Optional.of("01"),
        Optional.of("01"),
        Optional.of("03"),
        Optional.of("builder-analyst"),
        Set.of("count", "sum"));
  }

  public static Environment environment(Instant now, Channel channel) {
    return new Environment(
        now,
        PURPOSE,
        channel,
        Optional.of(100L),
        Map.of(FLIGHTS, new UseCounts(4, Map.of(MINUTE, 1L)), AIRPORTS, new UseCounts(0, Map.of())),
        EnumSet.allOf(Obligation.Kind.class));
  }

  public static UsageRequest request(Environment environment, String... columns) {
    return new UsageRequest(
        new Subject(USER, Set.of(Role.CONSUMER), "builder-analyst"),
        Action.COMPUTE,
        new UseObject(
            Set.of(FLIGHTS),
            java.util.Arrays.stream(columns)
                .map(column -> new ColumnUse(FLIGHTS, column, UseClass.AGGREGATED))
                .toList()),
        environment);
  }

  public static UsageRequest request(String... columns) {
    return request(environment(NOW, channel()), columns);
  }

  public static ContractFacts inForce() {
    return new ContractFacts(CONTRACT, true, Set.of(), true, Set.of(PURPOSE, "teaching"), TERM);
  }

  public static DomainState domain(int ceilingLevel, long feeCeilingFen, Term term) {
    return new DomainState(
        DOMAIN,
        1,
        Bilingual.same("domain"),
        PROVIDER,
        PROVIDER,
        Set.of(PURPOSE),
        term,
        ceilingLevel,
        feeCeilingFen,
        DomainState.Status.ACTIVE);
  }

  public static UsageDecision decide(UsageRequest request, Rule... rules) {
    return UsageControl.decide(
        request, PolicyLoader.check(contract(rules), BUNDLE), inForce(), BUNDLE);
  }
}
