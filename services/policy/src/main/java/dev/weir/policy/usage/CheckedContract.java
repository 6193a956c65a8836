package dev.weir.policy.usage;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.policy.constraint.Limit;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.term.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A contract whose every term is enforced, indexed for deciding. Only {@link PolicyLoader} makes
 * one. Immutable and safe to share; keep it as long as the contract is in force.
 */
public final class CheckedContract implements LoadedPolicy {
  private final ContractTerms terms;
  private final List<Finding> warnings;
  private final Map<CreditCode, Party> parties = new HashMap<>();
  private final Map<ProductId, ProductTerms> products = new HashMap<>();
  private final Map<Key, Rules> rules = new HashMap<>();
  private final Set<Duration> windows = new HashSet<>();

  private record Key(CreditCode party, ProductId product) {}

  /** The rules that bind one party over one product, in the contract's order. */
  record Rules(
      List<CompiledRule> permissions,
      List<CompiledRule> prohibitions,
      List<CompiledRule> obligations) {
    static final Rules NONE = new Rules(List.of(), List.of(), List.of());

    List<CompiledRule> of(Rule.Kind kind) {
      return switch (kind) {
        case PERMISSION -> permissions;
        case PROHIBITION -> prohibitions;
        case OBLIGATION -> obligations;
      };
    }
  }

  CheckedContract(ContractTerms terms, List<CompiledRule> compiled, List<Finding> warnings) {
    this.terms = terms;
    this.warnings = List.copyOf(warnings);
    terms.parties().forEach(party -> parties.put(party.creditCode(), party));
    terms.products().forEach(product -> products.put(product.id(), product));
    for (CompiledRule rule : compiled) {
      rules
          .computeIfAbsent(
              new Key(rule.party(), rule.target()),
              key -> new Rules(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()))
          .of(rule.kind())
          .add(rule);
      rule.conditions().stream()
          .filter(Limit.class::isInstance)
          .map(condition -> ((Limit) condition).scale())
          .filter(Limit.Scale.UsesWithin.class::isInstance)
          .forEach(scale -> windows.add(((Limit.Scale.UsesWithin) scale).window()));
    }
  }

  @Override
  public ContractTerms terms() {
    return terms;
  }

  @Override
  public List<Finding> findings() {
    return warnings;
  }

  /** The sliding windows for which earlier uses must be counted before a decision. */
  public Set<Duration> frequencyWindows() {
    return Set.copyOf(windows);
  }

  Optional<Party> party(CreditCode creditCode) {
    return Optional.ofNullable(parties.get(creditCode));
  }

  Optional<ProductTerms> product(ProductId id) {
    return Optional.ofNullable(products.get(id));
  }

  List<CompiledRule> permissions(CreditCode party, Action action, ProductId product) {
    return ofAction(rules(party, product).permissions(), action);
  }

  List<CompiledRule> prohibitions(CreditCode party, Action action, ProductId product) {
    return ofAction(rules(party, product).prohibitions(), action);
  }

  List<CompiledRule> obligations(CreditCode party, ProductId product) {
    return rules(party, product).obligations();
  }

  private Rules rules(CreditCode party, ProductId product) {
    return rules.getOrDefault(new Key(party, product), Rules.NONE);
  }

  private static List<CompiledRule> ofAction(List<CompiledRule> rules, Action action) {
    return rules.stream().filter(rule -> rule.action() == action).toList();
  }
}
