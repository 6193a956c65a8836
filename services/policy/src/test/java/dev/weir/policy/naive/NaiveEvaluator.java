package dev.weir.policy.naive;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Role;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the contract from top to bottom for every use. Slow and plain on purpose. */
public final class NaiveEvaluator {
  private final Flaw flaw;
  private final NaiveConstraint constraints;

  public NaiveEvaluator(Flaw flaw) {
    this.flaw = flaw;
    this.constraints = new NaiveConstraint(flaw);
  }

  /** What the control plane says, in plain fields. */
  public record Facts(
      boolean inForce,
      Set<ProductId> stopped,
      boolean domainActive,
      Set<String> purposes,
      Term domainTerm) {}

  /** The result, followed by the obligations in alphabetical order. */
  public String evaluate(ContractTerms written, UsageRequest request, Facts facts) {
    ContractTerms terms = flaw == Flaw.UNKNOWN_TERM_SKIPPED ? withoutUnknown(written) : written;
    if (!new NaiveLoad(flaw).loads(terms)) {
      return "default-deny";
    }
    String fact = facts(terms, request, facts);
    if (!fact.equals("go on")) {
      return fact;
    }
    var asked = new TreeSet<String>();
    var cells = cells(request);
    for (Rule rule : terms.rules()) {
      if (rule.kind() == Rule.Kind.PROHIBITION
          && flaw != Flaw.PROHIBITION_IGNORED
          && binds(rule, request)
          && cells.stream().anyMatch(cell -> prohibits(rule, request, cell))) {
        return "deny";
      }
    }
    int covered = 0;
    for (String[] cell : cells) {
      for (Rule rule : terms.rules()) {
        if (rule.kind() == Rule.Kind.PERMISSION
            && binds(rule, request)
            && permits(rule, request, cell)) {
          covered++;
          rule.duties().forEach(duty -> asked.add(duty(duty.action(), rule.id())));
          break;
        }
      }
    }
    if (flaw == Flaw.ONE_COLUMN_SUFFICES ? covered == 0 : covered < cells.size()) {
      return "default-deny";
    }
    for (Rule rule : terms.rules()) {
      if (rule.kind() == Rule.Kind.OBLIGATION
          && rule.party().equals(request.subject().party())
          && cells.stream().anyMatch(cell -> prohibits(rule, request, cell))) {
        asked.add(duty(rule.action(), rule.id()));
      }
    }
    if (flaw == Flaw.DUTY_DROPPED) {
      asked.clear();
    }
    var able = new ArrayList<String>();
    request.environment().carriesOut().forEach(kind -> able.add(kind.name()));
    if (!asked.stream().allMatch(a -> able.contains(a.substring(0, a.indexOf('@'))))) {
      return "deny";
    }
    return asked.isEmpty() ? "allow" : "conditional " + String.join(" ", asked);
  }

  private static String duty(String action, String rule) {
    return switch (action) {
      case "alert" -> "ALERT_PROVIDER@" + rule;
      case "delete" -> "DELETE_ANSWER@" + rule;
      default -> "SEND_LOG_RECORD@" + rule;
    };
  }

  private String facts(ContractTerms terms, UsageRequest request, Facts facts) {
    CreditCode party = request.subject().party();
    var mine = terms.parties().stream().filter(p -> p.creditCode().equals(party)).toList();
    var products = terms.products().stream().map(p -> p.id()).toList();
    boolean strange =
        mine.isEmpty()
            || !NaiveWords.ACTIONS.contains(request.action().standardName())
            || !products.containsAll(request.object().products())
            || request.object().columns().stream().anyMatch(use -> grants(terms, use) == null);
    if (strange) {
      return "default-deny";
    }
    Instant now = request.environment().now();
    String purpose = request.environment().purpose();
    boolean inTerm =
        !now.isBefore(terms.term().from())
            && (now.isBefore(terms.term().to())
                || (flaw == Flaw.TERM_END_INCLUDED && now.equals(terms.term().to())));
    boolean user =
        mine.get(0).type().code().equals("02")
            && request.subject().roles().contains(Role.CONSUMER)
            && !Role.conflict(request.subject().roles());
    boolean stopped =
        flaw != Flaw.STOP_IGNORED
            && request.object().products().stream().anyMatch(facts.stopped()::contains);
    boolean purposeFits =
        flaw == Flaw.PURPOSE_IGNORED
            || (purpose.equals(terms.purpose()) && facts.purposes().contains(purpose));
    boolean domain =
        facts.domainActive()
            && !now.isBefore(facts.domainTerm().from())
            && now.isBefore(facts.domainTerm().to());
    boolean columns =
        request.object().columns().stream()
            .allMatch(use -> {
              var granted = grants(terms, use);
              return !granted.isEmpty()
                  && !granted.contains(ColumnConstraint.NEVER)
                  && (use.use() == UseClass.JOINED
                      || granted.stream().anyMatch(g -> g != ColumnConstraint.JOIN_KEY_ONLY));
            });
    return facts.inForce() && inTerm && user && !stopped && purposeFits && domain && columns
        ? "go on"
        : "deny";
  }

  /** Null when there is no such column. */
  private static List<ColumnConstraint> grants(ContractTerms terms, ColumnUse use) {
    for (var product : terms.products()) {
      for (var column : product.columns()) {
        if (product.id().equals(use.product())
            && column.column().name().equalsIgnoreCase(use.column())) {
          var all = new ArrayList<ColumnConstraint>();
          column.grants().forEach(grant -> all.addAll(grant.constraints()));
          return all;
        }
      }
    }
    return null;
  }

  private static List<String[]> cells(UsageRequest request) {
    var cells = new ArrayList<String[]>();
    for (ProductId product : request.object().products()) {
      var columns =
          new TreeSet<>(
              request.object().columns().stream()
                  .filter(use -> use.product().equals(product))
                  .map(ColumnUse::column)
                  .toList());
      if (columns.isEmpty()) {
        columns.add("");
      }
      columns.forEach(column -> cells.add(new String[] {product.toString(), column}));
    }
    return cells;
  }

  private static boolean binds(Rule rule, UsageRequest request) {
    return rule.party().equals(request.subject().party())
        && rule.action().equals(request.action().standardName());
  }

  private boolean permits(Rule rule, UsageRequest request, String[] cell) {
    return rule.target().toString().equals(cell[0])
        && rule.constraints().stream()
            .map(c -> test(c, request, cell))
            .allMatch(truth ->
                truth.equals("yes")
                    || truth.equals("none")
                    || (flaw == Flaw.UNOBSERVED_HELPS && truth.equals("unseen")));
  }

  private boolean prohibits(Rule rule, UsageRequest request, String[] cell) {
    List<Constraint> conditions =
        rule.kind() == Rule.Kind.OBLIGATION && rule.action().equals("delete")
            ? List.of()
            : rule.constraints();
    return rule.target().toString().equals(cell[0])
        && conditions.stream()
            .map(c -> test(c, request, cell))
            .noneMatch(truth -> truth.equals("no") || truth.equals("none"));
  }

  private String test(Constraint c, UsageRequest request, String[] cell) {
    return constraints.test(c, request.environment(), ProductId.of(cell[0]), cell[1]);
  }

  private static ContractTerms withoutUnknown(ContractTerms terms) {
    var rules =
        terms.rules().stream()
            .map(rule ->
                new Rule(
                    rule.id(),
                    rule.kind(),
                    rule.party(),
                    rule.action(),
                    rule.target(),
                    rule.constraints().stream()
                        .filter(c ->
                            NaiveWords.CELLS
                                .getOrDefault(NaiveWords.constraint(c.name()), List.of())
                                .contains(NaiveWords.operator(c.operator())))
                        .toList(),
                    rule.duties()))
            .toList();
    return new ContractTerms(
        terms.id(),
        terms.code(),
        terms.name(),
        terms.summary(),
        terms.signMode(),
        terms.suite(),
        terms.round(),
        terms.term(),
        terms.domainId(),
        terms.purpose(),
        terms.parties(),
        terms.products(),
        rules,
        terms.allotments(),
        terms.price(),
        terms.minGroup());
  }
}
