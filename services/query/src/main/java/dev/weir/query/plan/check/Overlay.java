package dev.weir.query.plan.check;

import dev.weir.query.plan.render.Cohorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes of cohorts and of their intersections with those of one answer. The union of all shown
 * groups of an answer counts as a cohort too. Confined to one check.
 */
final class Overlay {
  private record Union(int answer, int family) {}

  private record Pair(int low, int high) {}

  private final Cells cells;
  private final int answer;
  private final Map<Union, Integer> unions = new HashMap<>();
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, String> abouts = new HashMap<>();
  private final Map<Integer, Integer> answers = new HashMap<>();
  private final Map<Pair, Long> common = new HashMap<>();
  private long universe;

  /**
   * @param answer the one that the others are compared with
   */
  Overlay(Cells cells, int answer, Effort effort) {
    this.cells = cells;
    this.answer = answer;
    for (Cells.Cell cell : cells.all()) {
      add(cell, effort);
    }
  }

  private void add(Cells.Cell cell, Effort effort) {
    universe += cell.records();
    List<Integer> members = members(cell);
    members.forEach(member -> sizes.merge(member, cell.records(), Long::sum));
    List<Integer> own = members.stream().filter(m -> answerOf(m) == answer).toList();
    effort.spend((long) own.size() * members.size());
    for (int mine : own) {
      for (int other : members) {
        if (mine < other || (mine != other && answerOf(other) != answer)) {
          common.merge(pair(mine, other), cell.records(), Long::sum);
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
      for (int member : List.of(number, union)) {
        abouts.put(member, cohort.about());
        answers.put(member, cohort.answer());
        members.add(member);
      }
    }
    return members;
  }

  private static Pair pair(int x, int y) {
    return new Pair(Math.min(x, y), Math.max(x, y));
  }

  /** Whether two cohorts tell fewer records apart than the minimum group. */
  boolean separates(int minGroup) {
    for (Map.Entry<Pair, Long> entry : common.entrySet()) {
      int x = entry.getKey().low();
      int y = entry.getKey().high();
      long both = entry.getValue();
      if (!about(x).equals(about(y))) {
        continue;
      }
      long neither = universe - size(x) - size(y) + both;
      boolean covers = about(x).equals(Cohorts.ROWS) && neither == 0;
      if (small(size(x) - both, minGroup)
          || small(size(y) - both, minGroup)
          || (covers && small(both, minGroup))) {
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
      if (answerOf(x) != answer) {
        continue;
      }
      for (int y : rows) {
        long rest = universe - size(x) - size(y);
        if (rest >= minGroup) {
          break;
        }
        if (x != y && !common.containsKey(pair(x, y)) && small(rest, minGroup)) {
          return true;
        }
      }
    }
    return false;
  }

  private String about(int member) {
    return abouts.getOrDefault(member, "");
  }

  private int answerOf(int member) {
    return answers.getOrDefault(member, -1);
  }

  private long size(int member) {
    return sizes.getOrDefault(member, 0L);
  }

  private static boolean small(long records, int minGroup) {
    return records > 0 && records < minGroup;
  }
}
