package dev.weir.query.job;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.decision.EngineRule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.decision.Reason;
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
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.Cost;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.OutputColumn;
import dev.weir.query.plan.PlanOutcome;
import dev.weir.query.plan.PlanParameters;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.query.plan.Refusal;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.ledger.AllotmentView;
import dev.weir.runtime.ledger.MeterPrice;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Plans a question and asks the policy engine. Reads no record: nothing it answers depends on the
 * data. Thread-safe.
 */
final class Assessor {
  /** What a dp answer costs when the caller names no price. */
  static final long DEFAULT_NANO_RHO = 5_000_000;

  private static final Set<Obligation.Kind> CARRIES_OUT = Set.of(Obligation.Kind.SEND_LOG_RECORD);

  private final QueryPlanner planner;
  private final PolicyBundle bundle;
  private final InstantSource clock;
  private final String region;

  /**
   * @param region six digits after GB/T 2260 of the place where the domain runs, empty when not
   *     observed
   */
  Assessor(QueryPlanner planner, PolicyBundle bundle, InstantSource clock, String region) {
    this.planner = planner;
    this.bundle = bundle;
    this.clock = clock;
    this.region = region;
  }

  /**
   * @param uses earlier uses per product of the contract
   * @param allotments what is left for the contract
   * @param answered whether a plan was answered before, so that its repeat is free
   */
  Assessment assess(
      Caller caller,
      String remoteAddress,
      ContractBook.Entry contract,
      QueryRequest request,
      Map<ProductId, UseCounts> uses,
      List<AllotmentView> allotments,
      Predicate<CheckedPlan> answered) {
    ContractTerms terms = contract.state().terms();
    return switch (planner.plan(
        request.sql(), terms.products(), caller.party(), parameters(request, terms))) {
      case PlanOutcome.Refused refused -> {
        // A contract that no longer holds is the reason before any flaw of the text.
        var whole =
            new UseObject(
                terms.products().stream().map(ProductTerms::id).collect(Collectors.toSet()),
                List.of());
        var decision = decide(caller, remoteAddress, contract, request, whole, 0, uses);
        yield decision instanceof UsageDecision.Deny denied
            ? new Assessment.Refused(
                Optional.of(denied), refusal(denied.reasons()), Optional.empty())
            : new Assessment.Refused(
                Optional.empty(), refusals(refused.refusals()), Optional.empty());
      }
      case PlanOutcome.Planned planned ->
          weigh(
              caller, remoteAddress, contract, request, planned.plan(), uses, allotments, answered);
    };
  }

  private Assessment weigh(
      Caller caller,
      String remoteAddress,
      ContractBook.Entry contract,
      QueryRequest request,
      CheckedPlan plan,
      Map<ProductId, UseCounts> uses,
      List<AllotmentView> allotments,
      Predicate<CheckedPlan> answered) {
    var expected = expected(plan, contract.state().terms());
    var decision =
        decide(caller, remoteAddress, contract, request, object(plan), expected.fen(), uses);
    return switch (decision) {
      case UsageDecision.Allow allow ->
          within(
              answered.test(plan),
              plan,
              expected,
              allotments,
              allow,
              new Assessment.Cleared(plan, allow.permit(), allow, expected));
      case UsageDecision.ConditionalAllow allow ->
          within(
              answered.test(plan),
              plan,
              expected,
              allotments,
              allow,
              new Assessment.Cleared(plan, allow.permit(), allow, expected));
      case UsageDecision.Deny denied ->
          new Assessment.Refused(
              Optional.of(denied), refusal(denied.reasons()), Optional.of(expected));
      case UsageDecision.DefaultDeny denied ->
          new Assessment.Refused(
              Optional.of(denied), refusal(denied.reasons()), Optional.of(expected));
    };
  }

  /** Looks ahead so that a hopeless query does not run; the spending transaction decides. */
  private static Assessment within(
      boolean repeat,
      CheckedPlan plan,
      Expected expected,
      List<AllotmentView> allotments,
      UsageDecision made,
      Assessment cleared) {
    for (Expected.LineageCost cost : repeat ? List.<Expected.LineageCost>of() : expected.costs()) {
      var left =
          allotments.stream().filter(view -> view.lineageId().equals(cost.lineageId())).findFirst();
      var shortfall =
          Shortfall.of(
              cost,
              left.map(AllotmentView::remainingNanoRho).orElse(0L),
              left.map(AllotmentView::remainingPicoDelta).orElse(0L),
              plan.lineages().size());
      if (shortfall.isPresent()) {
        return new Assessment.Refused(Optional.of(made), shortfall.get(), Optional.of(expected));
      }
    }
    return cleared;
  }

  private UsageDecision decide(
      Caller caller,
      String remoteAddress,
      ContractBook.Entry contract,
      QueryRequest request,
      UseObject object,
      long fen,
      Map<ProductId, UseCounts> uses) {
    var channel =
        new Channel(
            Optional.of(remoteAddress),
            Optional.of(region).filter(text -> !text.isEmpty()),
            Optional.of("01"),
            Optional.of("01"),
            Optional.of("03"),
            Optional.of(caller.clientId()),
            Set.of());
    var environment =
        new Environment(
            clock.instant(), request.purpose(), channel, Optional.of(fen), uses, CARRIES_OUT);
    var usage =
        new UsageRequest(
            new Subject(caller.party(), caller.roles(), caller.subject()),
            Action.COMPUTE,
            object,
            environment);
    return UsageControl.decide(usage, contract.policy(), contract.facts(), bundle);
  }

  private PlanParameters parameters(QueryRequest request, ContractTerms terms) {
    int minGroup =
        Math.max(
            terms.minGroup(),
            Math.max(
                bundle.floors().minGroup(),
                terms.products().stream().mapToInt(ProductTerms::minGroup).max().orElse(0)));
    PlanParameters.Accuracy accuracy =
        request
            .relativeError()
            .<PlanParameters.Accuracy>map(PlanParameters.Accuracy.RelativeError::new)
            .orElseGet(
                () -> new PlanParameters.Accuracy.Rho(request.nanoRho().orElse(DEFAULT_NANO_RHO)));
    return new PlanParameters(
        minGroup, accuracy, request.picoDelta().orElse(PlanParameters.DEFAULT_PICO_DELTA));
  }

  private static UseObject object(CheckedPlan plan) {
    var uses =
        plan.columnUses().stream()
            .map(use ->
                new ColumnUse(use.product(), use.column(), UseClass.valueOf(use.use().name())))
            .toList();
    return new UseObject(
        plan.products().stream().map(ProductTerms::id).collect(Collectors.toSet()), uses);
  }

  private static Expected expected(CheckedPlan plan, ContractTerms terms) {
    List<Cost> costs = plan instanceof DpPlan dp ? dp.costs() : List.of();
    long nanoRho = costs.stream().mapToLong(Cost::nanoRho).sum();
    return new Expected(
        costs.stream()
            .map(cost -> new Expected.LineageCost(cost.lineage(), cost.nanoRho(), cost.picoDelta()))
            .toList(),
        MeterPrice.charge(terms.price(), terms.price().freeCalls(), 0, nanoRho),
        plan.outputs().stream().map(Assessor::column).toList());
  }

  static AnswerView.Column column(OutputColumn output) {
    return new AnswerView.Column(
        output.label(), output.kind().name().toLowerCase(Locale.ROOT), output.expectedHalfWidth());
  }

  private static RefusalView refusal(List<Reason> reasons) {
    boolean ended = reasons.stream().anyMatch(reason -> isOver(reason.ruleId()));
    var type = ended ? ProblemType.CONTRACT_ENDED : ProblemType.POLICY_REFUSED;
    return new RefusalView(
        new RefusalView.Type(type.urn()),
        reasons.stream()
            .map(reason ->
                new RefusalView.Reason(
                    reason.ruleId(),
                    about(reason),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(reason.help())))
            .toList());
  }

  private static boolean isOver(String rule) {
    return rule.equals(EngineRule.CONTRACT_NOT_IN_FORCE.id())
        || rule.equals(EngineRule.CONTRACT_TERM.id())
        || rule.equals(EngineRule.PRODUCT_STOPPED.id());
  }

  private static Bilingual about(Reason reason) {
    return reason.about().isEmpty()
        ? reason.text()
        : new Bilingual(
            reason.text().zh() + "（" + reason.about() + "）",
            reason.text().en() + " (" + reason.about() + ")");
  }

  private static RefusalView refusals(List<Refusal> refusals) {
    return new RefusalView(
        new RefusalView.Type(ProblemType.SQL_REFUSED.urn()),
        refusals.stream()
            .map(refusal ->
                new RefusalView.Reason(
                    refusal.ruleId(),
                    refusal.reason(),
                    Optional.of(refusal.node()),
                    refusal.column(),
                    refusal.position(),
                    refusal.helpfulGrant()))
            .toList());
  }
}
