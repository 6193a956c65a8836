package dev.weir.policy.naive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.usage.Cases;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine and a naive evaluator agree; the same comparison finds every planted flaw. */
@Control("USE-03")
class TwoEvaluatorsTest {
  private static final int POLICIES = 10_000;
  private static final int REQUESTS_EACH = 3;
  private static final long SEED =
      Long.getLong("weir.seed", java.util.concurrent.ThreadLocalRandom.current().nextLong());

  /** One policy, one request, what was answered by both. */
  private record Disagreement(
      ContractTerms terms,
      UsageRequest request,
      NaiveEvaluator.Facts facts,
      String engine,
      String naive) {
    String describe() {
      return "engine %s, naive %s%n%s%n%s%n%s%n"
          .formatted(
              engine,
              naive,
              terms.rules().stream().map(Object::toString).collect(Collectors.joining("\n")),
              request,
              facts);
    }
  }

  @Test
  void engineAndNaiveEvaluator_agreeOnEveryPolicyAndRequest() {
    System.out.println("two evaluators: -Dweir.seed=" + SEED);
    var results = new TreeMap<String, Integer>();
    // when
    List<Disagreement> found = compare(SEED, POLICIES, Flaw.NONE, results);
    System.out.println("two evaluators: results " + results);
    // then
    assertThat(found).as(() -> "seed " + SEED + "\n" + found.getFirst().describe()).isEmpty();
    assertThat(results.keySet()).contains("allow", "conditional", "deny", "default-deny");
    results.values().forEach(count -> assertThat(count).isGreaterThan(POLICIES / 100));
  }

  @ParameterizedTest
  @EnumSource(value = Flaw.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void plantedFlaw_isFoundByTheSameComparison(Flaw flaw) {
    // The rarest flaw shows about twice in 10,000 policies: the search goes on until it does.
    assertThat(compare(SEED, 10 * POLICIES, flaw, new TreeMap<>()))
        .as("seed %s", SEED)
        .isNotEmpty();
  }

  private static List<Disagreement> compare(
      long seed, int policies, Flaw flaw, Map<String, Integer> results) {
    var cases = new RandomCases(seed);
    var naive = new NaiveEvaluator(flaw);
    var found = new java.util.ArrayList<Disagreement>();
    for (int i = 0; i < policies && found.isEmpty(); i++) {
      ContractTerms terms = cases.contract();
      var policy = PolicyLoader.check(terms, Cases.BUNDLE);
      for (int j = 0; j < REQUESTS_EACH; j++) {
        UsageRequest request = cases.request();
        NaiveEvaluator.Facts facts = cases.facts();
        UsageDecision decision =
            UsageControl.decide(request, policy, engineFacts(facts), Cases.BUNDLE);
        results.merge(decision.result(), 1, Integer::sum);
        String engine = text(decision);
        String other = naive.evaluate(terms, request, facts);
        if (!engine.equals(other)) {
          found.add(new Disagreement(terms, request, facts, engine, other));
        }
      }
    }
    return found;
  }

  private static ContractFacts engineFacts(NaiveEvaluator.Facts facts) {
    return new ContractFacts(
        Cases.CONTRACT,
        facts.inForce(),
        facts.stopped(),
        facts.domainActive(),
        facts.purposes(),
        facts.domainTerm());
  }

  private static String text(UsageDecision decision) {
    return switch (decision) {
      case UsageDecision.Allow ignored -> "allow";
      case UsageDecision.ConditionalAllow allowed ->
          "conditional "
              + allowed.obligations().stream()
                  .map(o -> o.kind() + "@" + o.rule())
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(" "));
      case UsageDecision.Deny ignored -> "deny";
      case UsageDecision.DefaultDeny ignored -> "default-deny";
    };
  }
}
