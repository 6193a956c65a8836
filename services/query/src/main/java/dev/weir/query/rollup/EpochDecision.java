package dev.weir.query.rollup;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
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
import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.Cost;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.PlanOutcome;
import dev.weir.query.plan.PlanParameters;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.runtime.ledger.CallLimit;
import dev.weir.runtime.ledger.MeterPrice;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks planner and policy engine whether cells may be released under a contract: as the question
 * {@code SELECT keys, COUNT(*), SUM(measure) … GROUP BY keys} of its using party, over the
 * interface,
 *
 * <p>by this service in the consumer's role: signing a contract over cells is a standing order for
 * them. What cannot be observed of an answer that nobody asked for yet, such as a network address,
 * denies where the contract has a condition on it. Thread-safe.
 */
public final class EpochDecision {
  /** Subject and application that rules and evidence see. */
  static final String ACTOR = "query-rollup";

  private static final Set<Obligation.Kind> CARRIES_OUT = Set.of(Obligation.Kind.SEND_LOG_RECORD);

  private final QueryPlanner planner;
  private final PolicyBundle bundle;
  private final InstantSource clock;
  private final String region;

  /**
   * @param region six digits after GB/T 2260 of the place where the domain runs, empty when not
   *     observed
   */
  public EpochDecision(
      QueryPlanner planner, PolicyBundle bundle, InstantSource clock, String region) {
    this.planner = planner;
    this.bundle = bundle;
    this.clock = clock;
    this.region = region;
  }

  /**
   * Who uses the cells, and how.
   *
   * @param charged whether the use releases cells, and so costs what the plan says; a question over
   *     released cells costs no budget
   */
  public record Asking(Subject subject, Channel channel, String purpose, boolean charged) {}

  /** What was decided. */
  public sealed interface Decided {
    record Allowed(CheckedPlan plan, Permit permit, CreditCode party) implements Decided {

      /** What the ledger has to count again when the use commits. */
      public List<CallLimit> limits() {
        return CallLimit.of(permit);
      }
    }

    /**
     * @param result {@code deny} or {@code default-deny}
     */
    record Denied(String rule, String result) implements Decided {}
  }

  /** Whether the cells may be released: the using party's standing order. */
  Decided decide(
      ContractBook.Entry contract,
      ProductTerms product,
      RollupSpec spec,
      Map<ProductId, UseCounts> uses) {
    var terms = contract.state().terms();
    var party = user(terms);
    if (party.isEmpty()) {
      return new Decided.Denied("parties", "deny");
    }
    var subject = new Subject(party.get(), Set.of(Role.CONSUMER), ACTOR);
    return decide(
        contract, product, spec, uses, new Asking(subject, channel(), terms.purpose(), true));
  }

  /** Whether somebody may use the cells. */
  public Decided decide(
      ContractBook.Entry contract,
      ProductTerms product,
      RollupSpec spec,
      Map<ProductId, UseCounts> uses,
      Asking asking) {
    var outcome =
        planner.plan(
            spec.sql(product.tableName()),
            List.of(product),
            asking.subject().party(),
            parameters(product));
    return switch (outcome) {
      case PlanOutcome.Refused refused ->
          new Decided.Denied(refused.refusals().getFirst().ruleId(), "deny");
      case PlanOutcome.Planned planned -> decide(contract, product, planned.plan(), uses, asking);
    };
  }

  private Decided decide(
      ContractBook.Entry contract,
      ProductTerms product,
      CheckedPlan plan,
      Map<ProductId, UseCounts> uses,
      Asking asking) {
    var request =
        new UsageRequest(
            asking.subject(),
            Action.COMPUTE,
            new UseObject(
                Set.of(product.id()),
                plan.columnUses().stream()
                    .map(use ->
                        new ColumnUse(
                            use.product(), use.column(), UseClass.valueOf(use.use().name())))
                    .toList()),
            new Environment(
                clock.instant(),
                asking.purpose(),
                asking.channel(),
                Optional.of(fen(contract.state().terms(), asking.charged() ? nanoRho(plan) : 0)),
                uses,
                CARRIES_OUT));
    var party = asking.subject().party();
    return switch (UsageControl.decide(request, contract.policy(), contract.facts(), bundle)) {
      case UsageDecision.Allow allow -> new Decided.Allowed(plan, allow.permit(), party);
      case UsageDecision.ConditionalAllow allow -> new Decided.Allowed(plan, allow.permit(), party);
      case UsageDecision.Deny denied -> new Decided.Denied(denied.ruleId(), denied.result());
      case UsageDecision.DefaultDeny denied -> new Decided.Denied(denied.ruleId(), denied.result());
    };
  }

  /** Version of the bundle that decides. */
  public String bundleVersion() {
    return bundle.version();
  }

  private Channel channel() {
    return new Channel(
        Optional.empty(),
        Optional.of(region).filter(text -> !text.isEmpty()),
        Optional.of("01"),
        Optional.of("01"),
        Optional.of("03"),
        Optional.of(ACTOR),
        Set.of());
  }

  private static PlanParameters parameters(ProductTerms product) {
    long nanoRho = product.rollup().map(rollup -> rollup.nanoRho()).orElse(0L);
    return PlanParameters.spending(Math.max(1, nanoRho), 1);
  }

  private static long fen(ContractTerms terms, long nanoRho) {
    return MeterPrice.charge(terms.price(), terms.price().freeCalls(), 0, nanoRho);
  }

  static long nanoRho(CheckedPlan plan) {
    return plan instanceof DpPlan dp ? dp.costs().stream().mapToLong(Cost::nanoRho).sum() : 0;
  }

  static Optional<CreditCode> user(ContractTerms terms) {
    return terms.parties().stream()
        .filter(party -> party.type() == PartyType.USER)
        .map(Party::creditCode)
        .findFirst();
  }
}
