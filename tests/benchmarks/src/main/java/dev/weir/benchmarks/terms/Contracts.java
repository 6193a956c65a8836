package dev.weir.benchmarks.terms;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Price;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Contracts in force between two parties that exist only here. */
public final class Contracts {
  public static final CreditCode PROVIDER = party("11330100MB1234567");
  public static final CreditCode USER = party("91330100MA2ABCDE0");
  public static final ContractId CONTRACT = new ContractId(new UUID(2, 1));
  public static final String PURPOSE = "delay-research";
  public static final long ALLOTTED_NANO_RHO = 1_000_000_000L;

  private Contracts() {}

  private static CreditCode party(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  /** One permission to compute for each product. */
  public static ContractTerms plain(List<ProductTerms> products) {
    return of(
        products,
        products.stream()
            .map(product ->
                rule("use-" + product.id(), Rule.Kind.PERMISSION, product.id(), List.of()))
            .toList());
  }

  public static ContractTerms of(List<ProductTerms> products, List<Rule> rules) {
    return new ContractTerms(
        CONTRACT,
        ContractCode.assign(9, USER, "3301", Instant.now(), new SecureRandom()),
        "benchmark",
        "",
        "02",
        "gm",
        1,
        term(),
        FlightTerms.DOMAIN,
        PURPOSE,
        List.of(new Party(PartyType.PROVIDER, PROVIDER), new Party(PartyType.USER, USER)),
        products,
        rules,
        List.of(new Allotment(FlightTerms.FLIGHT_LINEAGE, ALLOTTED_NANO_RHO, 0)),
        new Price(0, 0, 0, 0),
        FlightTerms.MIN_GROUP);
  }

  public static Rule rule(
      String id, Rule.Kind kind, ProductId product, List<Constraint> constraints) {
    return new Rule(id, kind, USER, "compute", product, constraints, List.of());
  }

  public static DomainState domain() {
    return new DomainState(
        FlightTerms.DOMAIN,
        1,
        Bilingual.same("benchmark"),
        PROVIDER,
        PROVIDER,
        Set.of(PURPOSE),
        term(),
        3,
        1_000,
        DomainState.Status.ACTIVE);
  }

  public static ContractState inPerformance(ContractTerms terms) {
    return new ContractState(
        terms.id(),
        1,
        ContractState.Status.IN_PERFORMANCE,
        terms,
        "0".repeat(64),
        Optional.empty(),
        Set.of());
  }

  private static Term term() {
    var now = Instant.now();
    return new Term(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }
}
