package dev.weir.query.he.lookup;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseClass;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.plan.policy.Grants;
import dev.weir.query.rollup.EpochDecision.Asking;
import dev.weir.runtime.ledger.MeterPrice;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether somebody may read single records under a contract, and which columns of them. It takes a
 * permission of the contract with the action {@code read}, for an exact product; a column is in a
 * record when the department grants it to the party in plain text, it names or marks no person, and
 * the contract's rules allow reading it. Everything else is denied. Thread-safe.
 */
public final class RecordDecision {
  private static final Set<Obligation.Kind> CARRIES_OUT = Set.of(Obligation.Kind.SEND_LOG_RECORD);
  private static final Set<ColumnRole> OF_NO_PERSON =
      Set.of(ColumnRole.ORDINARY, ColumnRole.QUASI_IDENTIFIER);

  private final PolicyBundle bundle;
  private final InstantSource clock;

  public RecordDecision(PolicyBundle bundle, InstantSource clock) {
    this.bundle = bundle;
    this.clock = clock;
  }

  /** What was decided. */
  public sealed interface Decided {
    /**
     * @param columns of a record, the one whose value is its keyword first; not empty
     */
    record Allowed(List<Column> columns, Permit permit) implements Decided {
      public Allowed {
        columns = List.copyOf(columns);
      }
    }

    /**
     * @param result {@code deny} or {@code default-deny}
     */
    record Denied(String rule, String result) implements Decided {}
  }

  public Decided decide(
      ContractBook.Entry contract,
      ProductTerms product,
      Map<ProductId, UseCounts> uses,
      Asking asking,
      By by) {
    if (product.kind() == ProductKind.DP) {
      return new Decided.Denied("records-of-dp-product", "deny");
    }
    var party = asking.subject().party();
    var plain = product.columns().stream().filter(column -> plain(column, party)).toList();
    if (plain.isEmpty()) {
      return new Decided.Denied("records-without-plaintext", "deny");
    }
    var asked = new Use(contract, product, uses, asking);
    var allowed =
        plain.stream().filter(column -> asked.permit(List.of(column)).isPresent()).toList();
    if (allowed.isEmpty()) {
      return asked.denied(plain);
    }
    var ordered = ordered(allowed, by);
    return ordered.isEmpty()
        ? new Decided.Denied("records-without-key", "deny")
        : asked
            .permit(ordered)
            .<Decided>map(permit ->
                new Decided.Allowed(ordered.stream().map(ProductColumn::column).toList(), permit))
            .orElseGet(() -> asked.denied(ordered));
  }

  private static boolean plain(ProductColumn column, CreditCode party) {
    var granted = Grants.of(column, party);
    return granted.contains(ColumnConstraint.PLAINTEXT)
        && !granted.contains(ColumnConstraint.NEVER)
        && OF_NO_PERSON.contains(column.column().role());
  }

  /** A keyword is the value of a column that the department declares unique. */
  private static List<ProductColumn> ordered(List<ProductColumn> columns, By by) {
    if (by == By.INDEX) {
      return columns;
    }
    var key = columns.stream().filter(ProductColumn::unique).findFirst();
    var ordered = new ArrayList<ProductColumn>();
    key.ifPresent(first -> {
      ordered.add(first);
      columns.stream().filter(column -> !column.equals(first)).forEach(ordered::add);
    });
    return ordered;
  }

  /** One asker's use of some columns. */
  private final class Use {
    private final ContractBook.Entry contract;
    private final ProductTerms product;
    private final Map<ProductId, UseCounts> uses;
    private final Asking asking;

    Use(
        ContractBook.Entry contract,
        ProductTerms product,
        Map<ProductId, UseCounts> uses,
        Asking asking) {
      this.contract = contract;
      this.product = product;
      this.uses = uses;
      this.asking = asking;
    }

    Optional<Permit> permit(List<ProductColumn> columns) {
      return switch (decide(columns)) {
        case UsageDecision.Allow allow -> Optional.of(allow.permit());
        case UsageDecision.ConditionalAllow allow -> Optional.of(allow.permit());
        case UsageDecision.Deny denied -> Optional.empty();
        case UsageDecision.DefaultDeny denied -> Optional.empty();
      };
    }

    Decided denied(List<ProductColumn> columns) {
      return switch (decide(columns)) {
        case UsageDecision.Deny denied -> new Decided.Denied(denied.ruleId(), denied.result());
        case UsageDecision.DefaultDeny denied ->
            new Decided.Denied(denied.ruleId(), denied.result());
        case UsageDecision.Allow allow -> throw new IllegalStateException("it was allowed");
        case UsageDecision.ConditionalAllow allow ->
            throw new IllegalStateException("it was allowed");
      };
    }

    private UsageDecision decide(List<ProductColumn> columns) {
      var object =
          new UseObject(
              Set.of(product.id()),
              columns.stream()
                  .map(
                      column -> new ColumnUse(product.id(), column.column().name(), UseClass.SHOWN))
                  .toList());
      var price = contract.state().terms().price();
      var environment =
          new Environment(
              clock.instant(),
              asking.purpose(),
              asking.channel(),
              Optional.of(MeterPrice.charge(price, price.freeCalls(), 0, 0)),
              uses,
              CARRIES_OUT);
      return UsageControl.decide(
          new UsageRequest(asking.subject(), Action.READ, object, environment),
          contract.policy(),
          contract.facts(),
          bundle);
    }
  }
}
