package dev.weir.query.plan.check;

import dev.weir.query.plan.logic.Prover;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.render.Fragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds sums and differences of answers that come to nothing over the records there are, though one
 * more record could make them come to something. That such a record is missing must not be told
 * from that there are few. Which groups there are, and how the groups of one kind lie in those of
 * another, is taken as known; confined to one check.
 */
final class Coincidences {
  /** Stands for the cohort of all records. */
  static final int EVERYTHING = -1;

  private record Group(List<Fragment> keys, List<Optional<String>> key) {}

  private final Cells cells;
  private final PrimeField field;
  private final Effort effort;
  private final Prover prover;

  Coincidences(Cells cells, PrimeField field, Effort effort) {
    this.cells = cells;
    this.field = field;
    this.effort = effort;
    this.prover = new Prover(steps -> effort.spend(Effort.PER_PROOF_STEP * steps));
  }

  /**
   * @param members the columns of each cohort, ascending
   * @param columns how many there are
   */
  boolean any(Map<Integer, List<Integer>> members, int columns) {
    List<Integer> cohorts = members.keySet().stream().sorted().toList();
    var marked = new ArrayList<SparseVector>();
    for (int i = 0; i < cohorts.size(); i++) {
      marked.add(
          SparseVector.indicator(
              IntStream.concat(
                      members.getOrDefault(cohorts.get(i), List.of()).stream()
                          .mapToInt(Integer::intValue),
                      IntStream.of(columns + i))
                  .toArray()));
    }
    var elimination = new Elimination(field, effort);
    List<SparseVector> nothing =
        elimination.reduced(elimination.vanishing(marked, column -> column < columns));
    for (SparseVector sum : nothing) {
      var coefficients = new HashMap<Integer, Long>();
      for (int entry = 0; entry < sum.entries(); entry++) {
        coefficients.put(cohorts.get(sum.column(entry) - columns), sum.value(entry));
      }
      if (couldTell(coefficients)) {
        return true;
      }
    }
    return false;
  }

  private boolean couldTell(Map<Integer, Long> coefficients) {
    List<Integer> open =
        coefficients.keySet().stream()
            .filter(cohort -> cohort != EVERYTHING)
            .map(cohort -> cells.cohort(cohort).condition())
            .filter(condition -> !cells.condition(condition).parts().isEmpty())
            .distinct()
            .toList();
    if (open.isEmpty()) {
      return false;
    }
    var seen = new HashSet<Set<Integer>>();
    for (Cells.Cell cell : cells.all()) {
      effort.spend(open.size());
      var met = new HashSet<>(open);
      met.retainAll(cell.conditions());
      seen.add(met);
    }
    return couldTell(coefficients, open, new HashSet<>(), 0, seen);
  }

  /** Tries every way in which a record could meet some of the conditions and not the others. */
  private boolean couldTell(
      Map<Integer, Long> coefficients,
      List<Integer> open,
      Set<Integer> met,
      int decided,
      Set<Set<Integer>> seen) {
    if (decided > 0 && isImpossible(open.subList(0, decided), met)) {
      return false;
    }
    if (decided == open.size()) {
      return !seen.contains(met) && tells(coefficients, met);
    }
    if (couldTell(coefficients, open, met, decided + 1, seen)) {
      return true;
    }
    met.add(open.get(decided));
    boolean tells = couldTell(coefficients, open, met, decided + 1, seen);
    met.remove(open.get(decided));
    return tells;
  }

  private boolean isImpossible(List<Integer> decided, Set<Integer> met) {
    var in = new ArrayList<Selection>();
    var out = new ArrayList<Selection>();
    for (int condition : decided) {
      (met.contains(condition) ? in : out).add(cells.condition(condition));
    }
    return prover.isImpossible(in, out);
  }

  /** Whether the sum over a record that meets these conditions is other than zero in some group. */
  private boolean tells(Map<Integer, Long> coefficients, Set<Integer> met) {
    var sums = new HashMap<Group, Long>();
    coefficients.forEach((number, coefficient) -> {
      if (number == EVERYTHING) {
        add(sums, new Group(List.of(), List.of()), coefficient);
        return;
      }
      Cells.Cohort cohort = cells.cohort(number);
      if (met.contains(cohort.condition())
          || cells.condition(cohort.condition()).parts().isEmpty()) {
        add(sums, new Group(cells.keys(cohort.answer()), cohort.key()), coefficient);
      }
    });
    return sums.values().stream().anyMatch(sum -> sum != 0);
  }

  private void add(Map<Group, Long> sums, Group group, long coefficient) {
    long before = sums.getOrDefault(group, 0L);
    sums.put(group, field.minus(coefficient, field.minus(0, before)));
  }
}
