package dev.weir.query.plan.check;

import dev.weir.query.plan.logic.Prover;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.render.Cohorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Sizes of cohorts and of their intersections with those of a new answer. The union of all shown
 * groups of an answer counts as a cohort too. Confined to one check.
 */
final class Overlay {
  private record Union(int answer, int family) {}

  private record Pair(int low, int high) {}

  private final Cells cells;
  private final Effort effort;
  private final Prover prover;
  private final int mine;
  private final Map<Union, Integer> unions = new HashMap<>();
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, Cells.Cohort> cohorts = new HashMap<>();
  private final Map<Pair, Boolean> implied = new HashMap<>();
  private final Map<Pair, Long> common = new HashMap<>();
  private long universe;

  /**
   * @param mine how many of the first are compared with all
   */
  Overlay(Cells cells, int mine, Effort effort) {
    this.cells = cells;
    this.mine = mine;
    this.effort = effort;
    this.prover = new Prover(steps -> effort.spend(Effort.PER_PROOF_STEP * steps));
    for (Cells.Cell cell : cells.all()) {
      add(cell);
    }
  }

  private void add(Cells.Cell cell) {
    universe += cell.records();
    List<Integer> members = members(cell);
    members.forEach(member -> sizes.merge(member, cell.records(), Long::sum));
    List<Integer> ours = members.stream().filter(this::isMine).toList();
    effort.spend((long) ours.size() * members.size());
    for (int own : ours) {
      for (int other : members) {
        if (own < other || (own != other && !isMine(other))) {
          common.merge(pair(own, other), cell.records(), Long::sum);
        }
      }
    }
  }

  private List<Integer> members(Cells.Cell cell) {
    var members = new ArrayList<Integer>();
    for (int number : cell.cohorts()) {
      Cells.Cohort cohort = cells.cohort(number);
      int union =
          unions.computeIfAbsent(
              new Union(cohort.answer(), cohort.family()), u -> cells.cohorts() + unions.size());
      cohorts.put(number, cohort);
      cohorts.computeIfAbsent(union, u -> cells.union(cohort));
      members.add(number);
      members.add(union);
    }
    return members;
  }

  private static Pair pair(int x, int y) {
    return new Pair(Math.min(x, y), Math.max(x, y));
  }

  /** Whether two cohorts tell fewer records apart than the minimum group. */
  boolean separates(int minGroup) {
    if (minGroup <= 1) {
      return false;
    }
    for (Map.Entry<Pair, Long> entry : common.entrySet()) {
      int x = entry.getKey().low();
      int y = entry.getKey().high();
      long both = entry.getValue();
      if (!about(x).equals(about(y))) {
        continue;
      }
      long neither = universe - size(x) - size(y) + both;
      if (isFew(size(x) - both, minGroup, () -> implies(x, y))
          || isFew(size(y) - both, minGroup, () -> implies(y, x))
          || (about(x).equals(Cohorts.ROWS) && both + neither < minGroup)) {
        return true;
      }
    }
    return disjointLeavesFew(minGroup);
  }

  private boolean disjointLeavesFew(int minGroup) {
    List<Integer> rows =
        sizes.keySet().stream()
            .filter(member -> about(member).equals(Cohorts.ROWS))
            .sorted(Comparator.comparing(this::size, Comparator.reverseOrder()))
            .toList();
    for (int x : rows) {
      if (!isMine(x)) {
        continue;
      }
      for (int y : rows) {
        long rest = universe - size(x) - size(y);
        if (rest >= minGroup) {
          break;
        }
        if (x != y
            && !common.containsKey(pair(x, y))
            && isFew(rest, minGroup, () -> isPartition(x, y))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * None count as few, since an asker who is refused for one record and answered for none has
   * learnt of the one; unless there can be none.
   */
  private static boolean isFew(long records, int minGroup, BooleanSupplier cannotBe) {
    return records > 0 ? records < minGroup : !cannotBe.getAsBoolean();
  }

  /**
   * Whether the conditions, or what the groups are of, leave no record of one outside the other.
   */
  private boolean implies(int x, int y) {
    boolean always =
        implied.computeIfAbsent(
            new Pair(cohort(x).condition(), cohort(y).condition()),
            pair ->
                pair.low() == pair.high()
                    || proves(
                        List.of(cells.condition(pair.low())),
                        List.of(cells.condition(pair.high()))));
    return always || proves(List.of(cells.selection(cohort(x))), List.of(condition(y)));
  }

  private boolean isPartition(int x, int y) {
    boolean isSameQuestion = cohort(x).condition() == cohort(y).condition();
    return (isSameQuestion
            || proves(List.of(cells.selection(cohort(x)), cells.selection(cohort(y))), List.of()))
        && proves(List.of(), List.of(condition(x), condition(y)));
  }

  private boolean proves(List<Selection> in, List<Selection> out) {
    return prover.isImpossible(in, out);
  }

  /** Groups are as the records make them; what an asker chooses is the condition. */
  private Selection condition(int member) {
    return cells.condition(cohort(member).condition());
  }

  private Cells.Cohort cohort(int member) {
    var cohort = cohorts.get(member);
    if (cohort == null) {
      throw new IllegalStateException("every member is of a cohort");
    }
    return cohort;
  }

  private String about(int member) {
    return cohort(member).about();
  }

  private boolean isMine(int member) {
    return cohort(member).answer() < mine;
  }

  private long size(int member) {
    return sizes.getOrDefault(member, 0L);
  }
}
