package dev.weir.benchmarks.terms;

import dev.weir.kernel.ProductId;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseClass;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.LoadedPolicy;
import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.plan.CheckedPlan;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides under one contract, as the query service does before each answer. Thread-safe. */
public final class Decisions {
  private final PolicyBundle bundle = PolicyBundle.load();
  private final LoadedPolicy policy;
  private final ContractFacts facts;
  private final Map<ProductId, UseCounts> uses;

  public Decisions(ContractTerms terms) {
    this.policy = PolicyLoader.check(terms, bundle);
    this.facts = ContractFacts.of(Contracts.inPerformance(terms), Contracts.domain());
    this.uses =
        terms.products().stream()
            .collect(
                Collectors.toMap(ProductTerms::id, id -> new UseCounts(4, Map.of()), (a, b) -> a));
  }

  /** The permit for a plan; a plan that is not allowed is a mistake of the benchmark. */
  public Permit permit(CheckedPlan plan) {
    var columns =
        plan.columnUses().stream()
            .map(use ->
                new ColumnUse(use.product(), use.column(), UseClass.valueOf(use.use().name())))
            .toList();
    return permit(plan.products().stream().map(ProductTerms::id).toList(), columns);
  }

  public Permit permit(List<ProductId> products, List<ColumnUse> columns) {
    return switch (decide(Set.copyOf(products), columns)) {
      case UsageDecision.Allow allow -> allow.permit();
      case UsageDecision.ConditionalAllow allow -> allow.permit();
      case UsageDecision.Deny denied -> throw new IllegalStateException(denied.toString());
      case UsageDecision.DefaultDeny denied -> throw new IllegalStateException(denied.toString());
    };
  }

  private UsageDecision decide(Set<ProductId> products, List<ColumnUse> columns) {
    var channel =
        new Channel(
            Optional.of("10.1.2.3"),
            Optional.of("330106"),
            Optional.of("01"),
            Optional.of("01"),
            Optional.of("03"),
            Optional.of("builder-analyst"),
            Set.of());
    var environment =
        new Environment(
            Instant.now(),
            Contracts.PURPOSE,
            channel,
            Optional.of(0L),
            uses,
            EnumSet.allOf(Obligation.Kind.class));
    return UsageControl.decide(
        new UsageRequest(
            new Subject(Contracts.USER, Set.of(Role.CONSUMER), "builder-analyst"),
            Action.COMPUTE,
            new UseObject(products, columns),
            environment),
        policy,
        facts,
        bundle);
  }
}
