package dev.weir.policy.enforcement;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cells action × constraint × operator that are enforced; every other cell is refused when a
 * contract is loaded. {@code compliance/bundle/enforcement.json} has the same shape: an
 * installation may strike cells out, never add one. Immutable; keys and operators are the
 * standard's names.
 *
 * @param actions for each enforced action its constraints, for each constraint its operators
 * @param duties the actions that may stand in a duty or an obligation
 * @param items the named items of {@code expansionItem} that are enforced
 * @param refusedActions for each other action why it is refused
 * @param refusedConstraints for each constraint that is never enforced why it is refused
 */
public record EnforcementTable(
    @JsonProperty("actions") SortedMap<String, SortedMap<String, List<String>>> actions,
    @JsonProperty("duties") List<String> duties,
    @JsonProperty("items") List<String> items,
    @JsonProperty("refusedActions") SortedMap<String, String> refusedActions,
    @JsonProperty("refusedConstraints") SortedMap<String, String> refusedConstraints) {
  public EnforcementTable {
    var copy = new TreeMap<String, SortedMap<String, List<String>>>();
    actions.forEach((action, constraints) -> {
      var inner = new TreeMap<String, List<String>>();
      constraints.forEach((name, operators) -> inner.put(name, List.copyOf(operators)));
      copy.put(action, java.util.Collections.unmodifiableSortedMap(inner));
    });
    actions = java.util.Collections.unmodifiableSortedMap(copy);
    duties = List.copyOf(duties);
    items = List.copyOf(items);
    refusedActions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(refusedActions));
    refusedConstraints =
        java.util.Collections.unmodifiableSortedMap(new TreeMap<>(refusedConstraints));
  }

  /** What the code of this engine can enforce. */
  public static EnforcementTable ofThisEngine() {
    return EngineCells.table();
  }

  public boolean enforces(Action action) {
    return actions.containsKey(action.standardName());
  }

  public boolean enforces(Action action, ConstraintName constraint, Operator operator) {
    return actions
        .getOrDefault(action.standardName(), java.util.Collections.emptySortedMap())
        .getOrDefault(constraint.standardName(), List.of())
        .contains(operator.standardName());
  }

  public boolean enforcesDuty(Action action) {
    return duties.contains(action.standardName());
  }

  public boolean enforcesItem(String item) {
    return items.contains(item);
  }

  /** A cell of this table that {@code limit} lacks, as text. */
  public Optional<String> beyond(EnforcementTable limit) {
    for (Map.Entry<String, SortedMap<String, List<String>>> action : actions.entrySet()) {
      for (Map.Entry<String, List<String>> constraint : action.getValue().entrySet()) {
        for (String operator : constraint.getValue()) {
          if (!limit.has(action.getKey(), constraint.getKey(), operator)) {
            return Optional.of(action.getKey() + " " + constraint.getKey() + " " + operator);
          }
        }
      }
    }
    return duties.stream()
        .filter(duty -> !limit.duties.contains(duty))
        .findFirst()
        .or(() -> items.stream().filter(item -> !limit.items.contains(item)).findFirst());
  }

  private boolean has(String action, String constraint, String operator) {
    return actions
        .getOrDefault(action, java.util.Collections.emptySortedMap())
        .getOrDefault(constraint, List.of())
        .contains(operator);
  }
}
