package dev.weir.policy.naive;

import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Decides by trial whether a contract's rules can be loaded. */
final class NaiveLoad {
  private final Flaw flaw;

  NaiveLoad(Flaw flaw) {
    this.flaw = flaw;
  }

  boolean loads(ContractTerms terms) {
    var seen = new ArrayList<String>();
    boolean permission = false;
    for (Rule rule : terms.rules()) {
      if (seen.contains(rule.id()) || !rulesItself(terms, rule)) {
        return false;
      }
      seen.add(rule.id());
      permission |= rule.kind() == Rule.Kind.PERMISSION;
    }
    return permission
        && terms.minGroup() >= 20
        && (flaw == Flaw.CONFLICT_IGNORED || noConflict(terms));
  }

  private boolean rulesItself(ContractTerms terms, Rule rule) {
    boolean party = terms.parties().stream().anyMatch(p -> p.creditCode().equals(rule.party()));
    var product = terms.products().stream().filter(p -> p.id().equals(rule.target())).findFirst();
    boolean obligation = rule.kind() == Rule.Kind.OBLIGATION;
    boolean action =
        obligation
            ? NaiveWords.DUTIES.contains(rule.action())
            : NaiveWords.ACTIONS.contains(rule.action());
    if (!party || product.isEmpty() || !action) {
      return false;
    }
    boolean delete = obligation && rule.action().equals("delete");
    if (delete && !isDeadline(rule.constraints())) {
      return false;
    }
    for (Constraint c : rule.constraints()) {
      if (!delete && !known(c, product.get())) {
        return false;
      }
    }
    return rule.duties().stream().allMatch(duty -> canDo(rule, duty));
  }

  private static boolean canDo(Rule rule, Duty duty) {
    return switch (duty.action()) {
      case "logRecordSend", "alert" -> duty.constraints().isEmpty();
      case "delete" -> rule.kind() == Rule.Kind.PERMISSION && isDeadline(duty.constraints());
      default -> false;
    };
  }

  private static boolean isDeadline(List<Constraint> constraints) {
    try {
      return constraints.size() == 1
          && constraints.get(0).name().equals("time")
          && NaiveWords.operator(constraints.get(0).operator()).equals("lteq")
          && constraints.get(0).values().size() == 1
          && Duration.parse(constraints.get(0).values().get(0)).compareTo(Duration.ZERO) > 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean known(Constraint c, ProductTerms product) {
    String name = NaiveWords.constraint(c.name());
    String op = NaiveWords.operator(c.operator());
    boolean item = name.equals("expansionItem");
    if (!NaiveWords.CELLS.getOrDefault(name, List.of()).contains(op)
        || !c.item().equals(item ? "purpose" : "")
        || c.values().isEmpty()
        || (c.values().size() > 1 && !op.startsWith("is") && !op.equals("hasPart"))) {
      return false;
    }
    Predicate<String> shape =
        switch (name) {
          case "executionEnv" -> v -> List.of("01", "02", "03", "04", "05", "06", "07").contains(v);
          case "encryptMode" -> v -> List.of("01", "02", "03").contains(v);
          case "deliveryMethod" -> v -> List.of("01", "02", "03", "04").contains(v);
          case "dataField" -> v -> product.column(v).isPresent();
          case "count", "payAmount" -> NaiveLoad::isNumber;
          case "frequency" -> v -> v.contains("/") && isNumber(v.split("/")[0]);
          case "region" ->
              v ->
                  v.chars().allMatch(Character::isDigit)
                      && (v.length() == 6 || (op.equals("isPartOf") && v.length() % 2 == 0));
          case "timeWindow", "networkAddress" -> v -> v.length() > 7 && !v.startsWith("many");
          case "time" -> NaiveLoad::isInstant;
          default -> v -> !v.isBlank();
        };
    return c.values().stream().allMatch(shape);
  }

  private static boolean isNumber(String v) {
    return !v.isEmpty()
        && v.length() < 19
        && v.chars().allMatch(Character::isDigit)
        && (v.length() == 1 || v.charAt(0) != '0');
  }

  private static boolean isInstant(String v) {
    try {
      NaiveConstraint.instant(v);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean noConflict(ContractTerms terms) {
    for (Rule rule : terms.rules()) {
      boolean delete = rule.kind() == Rule.Kind.OBLIGATION && rule.action().equals("delete");
      if (!delete && !possible(terms, rule)) {
        return false;
      }
      if (rule.kind() == Rule.Kind.PERMISSION && !reachable(terms, rule)) {
        return false;
      }
      for (Rule other : terms.rules()) {
        boolean same =
            rule.kind() == Rule.Kind.PERMISSION
                && other.kind() == Rule.Kind.PROHIBITION
                && rule.party().equals(other.party())
                && rule.action().equals(other.action())
                && rule.target().equals(other.target());
        if (same && texts(rule).containsAll(texts(other))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Each constraint in one spelling, so that equal meaning is equal text. */
  private static List<String> texts(Rule rule) {
    return rule.constraints().stream()
        .map(c -> {
          String name = NaiveWords.constraint(c.name());
          String op = NaiveWords.operator(c.operator());
          var values =
              c.values().stream()
                  .map(v -> name.equals("dataField") ? v.toLowerCase(Locale.ROOT) : v)
                  .map(v -> name.equals("time") ? NaiveConstraint.instant(v).toString() : v)
                  .map(v ->
                      name.equals("region") && op.equals("isPartOf")
                          ? v.replaceAll("(00)+$", "")
                          : v)
                  .distinct()
                  .sorted()
                  .toList();
          boolean ordering = op.startsWith("gt") || op.startsWith("lt");
          boolean out = op.equals("neq") || op.equals("isNoneOf");
          String sign = ordering || name.equals("algorithm") ? op : out ? "out" : "in";
          return name + " " + sign + " " + values;
        })
        .toList();
  }

  /** Tries every value near a constant, dimension by dimension. */
  private static boolean possible(ContractTerms terms, Rule rule) {
    boolean permission = rule.kind() == Rule.Kind.PERMISSION;
    var product =
        terms.products().stream()
            .filter(p -> p.id().equals(rule.target()))
            .findFirst()
            .orElseThrow();
    for (String dimension :
        List.of(
            "time",
            "count",
            "payAmount",
            "dataField",
            "application",
            "executionEnv",
            "encryptMode",
            "deliveryMethod",
            "expansionItem")) {
      var own =
          rule.constraints().stream()
              .filter(c -> NaiveWords.constraint(c.name()).equals(dimension))
              .toList();
      boolean some =
          own.isEmpty()
              || (dimension.equals("time")
                  ? someInstant(terms, permission, own)
                  : dimension.equals("count") || dimension.equals("payAmount")
                      ? someNumber(dimension.equals("count") ? 1 : 0, own, c -> c.values().get(0))
                      : someToken(tokens(terms, product, permission, dimension, own), own));
      if (!some) {
        return false;
      }
    }
    var frequencies =
        rule.constraints().stream().filter(c -> c.name().equals("frequency")).toList();
    for (Constraint c : frequencies) {
      String window = c.values().get(0).split("/")[1];
      var own = frequencies.stream().filter(f -> f.values().get(0).endsWith("/" + window)).toList();
      if (!someNumber(1, own, f -> f.values().get(0).split("/")[0])) {
        return false;
      }
    }
    return true;
  }

  /** Counts uses up from the first, each permitted by some rule, until this one permits one. */
  private static boolean reachable(ContractTerms terms, Rule rule) {
    return rule.constraints().stream()
        .map(NaiveLoad::counter)
        .filter(counter -> !counter.isEmpty())
        .distinct()
        .allMatch(counter -> {
          for (long use = 1; ; use++) {
            long n = use;
            if (permits(rule, counter, n)) {
              return true;
            }
            if (terms.rules().stream()
                .noneMatch(other ->
                    other.kind() == Rule.Kind.PERMISSION
                        && other.target().equals(rule.target())
                        && permits(other, counter, n))) {
              return false;
            }
          }
        });
  }

  private static boolean permits(Rule rule, String counter, long use) {
    return rule.constraints().stream()
        .filter(c -> counter(c).equals(counter))
        .allMatch(c ->
            NaiveConstraint.ordered(
                NaiveWords.operator(c.operator()),
                Long.compare(use, NaiveConstraint.number(c.values().get(0).split("/")[0]))));
  }

  /** What a constraint counts: all uses, those within a window, or nothing. */
  private static String counter(Constraint c) {
    return switch (NaiveWords.constraint(c.name())) {
      case "count" -> "count";
      case "frequency" -> c.values().get(0).split("/")[1];
      default -> "";
    };
  }

  private static boolean someInstant(
      ContractTerms terms, boolean permission, List<Constraint> own) {
    var candidates = new ArrayList<Instant>();
    candidates.add(terms.term().from());
    candidates.add(terms.term().to().minusNanos(1));
    for (Constraint c : own) {
      Instant constant = NaiveConstraint.instant(c.values().get(0));
      candidates.addAll(List.of(constant.minusNanos(1), constant, constant.plusNanos(1)));
    }
    return candidates.stream()
        .filter(i -> !permission || terms.term().contains(i))
        .anyMatch(i ->
            own.stream()
                .allMatch(c ->
                    NaiveConstraint.ordered(
                        NaiveWords.operator(c.operator()),
                        i.compareTo(NaiveConstraint.instant(c.values().get(0))))));
  }

  private static boolean someNumber(
      long smallest, List<Constraint> own, java.util.function.Function<Constraint, String> text) {
    var candidates = new ArrayList<Long>(List.of(smallest));
    for (Constraint c : own) {
      long constant = NaiveConstraint.number(text.apply(c));
      candidates.addAll(List.of(constant - 1, constant, constant + 1));
    }
    return candidates.stream()
        .filter(n -> n >= smallest)
        .anyMatch(n ->
            own.stream()
                .allMatch(c ->
                    NaiveConstraint.ordered(
                        NaiveWords.operator(c.operator()),
                        Long.compare(n, NaiveConstraint.number(text.apply(c))))));
  }

  private static boolean someToken(List<String> candidates, List<Constraint> own) {
    return candidates.stream()
        .anyMatch(value ->
            own.stream()
                .allMatch(c -> {
                  String op = NaiveWords.operator(c.operator());
                  boolean out = op.equals("neq") || op.equals("isNoneOf");
                  return c.values().stream().anyMatch(v -> v.equalsIgnoreCase(value)) != out;
                }));
  }

  private static List<String> tokens(
      ContractTerms terms,
      ProductTerms product,
      boolean permission,
      String dimension,
      List<Constraint> own) {
    return switch (dimension) {
      case "dataField" -> product.columns().stream().map(c -> c.column().name()).toList();
      case "executionEnv" -> List.of("01", "02", "03", "04", "05", "06", "07");
      case "encryptMode" -> List.of("01", "02", "03");
      case "deliveryMethod" -> List.of("01", "02", "03", "04");
      default -> {
        var values = new ArrayList<String>();
        if (permission && dimension.equals("expansionItem")) {
          values.add(terms.purpose());
        } else {
          values.add("nobody wrote this");
          own.forEach(c -> values.addAll(c.values()));
        }
        yield values;
      }
    };
  }
}
