package dev.weir.query.plan.check;

import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.render.Cohorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sizes of cohorts and of their intersections. Confined to one check. */
final class Overlay {
  /**
   * A cohort.
   *
   * @param key empty for the union of all shown groups
   */
  private record Cohort(int side, int family, Optional<List<Optional<String>>> key) {}

  private record Pair(int low, int high) {}

  private final List<ReleasedCohorts> sides;
  private final List<Set<List<Optional<String>>>> shown = new ArrayList<>();
  private final Map<Cohort, Integer> numbers = new HashMap<>();
  private final List<Long> sizes = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();
  private final Map<Pair, Long> common = new HashMap<>();

  Overlay(ReleasedCohorts a, ReleasedCohorts b) {
    this.sides = List.of(a, b);
    sides.forEach(side -> shown.add(new HashSet<>(side.shownKeys())));
  }

  void add(RawRow cell) {
    long records = cell.statistics().getLast().longValueExact();
    List<Integer> members = members(cell);
    for (int i = 0; i < members.size(); i++) {
      sizes.set(members.get(i), sizes.get(members.get(i)) + records);
      for (int j = i + 1; j < members.size(); j++) {
        int x = members.get(i);
        int y = members.get(j);
        common.merge(new Pair(Math.min(x, y), Math.max(x, y)), records, Long::sum);
      }
    }
  }

  private List<Integer> members(RawRow cell) {
    var members = new ArrayList<Integer>();
    int keyAt = 0;
    int flagAt = 0;
    for (int side = 0; side < sides.size(); side++) {
      Cohorts cohorts = sides.get(side).cohorts();
      List<Optional<String>> key = cell.keys().subList(keyAt, keyAt + cohorts.keys().size());
      for (int family = 0; family < cohorts.families().size(); family++) {
        boolean member = cell.statistics().get(flagAt + family).signum() > 0;
        if (member && shown.get(side).contains(key)) {
          members.add(number(new Cohort(side, family, Optional.of(List.copyOf(key)))));
          members.add(number(new Cohort(side, family, Optional.empty())));
        }
      }
      keyAt += cohorts.keys().size();
      flagAt += cohorts.families().size();
    }
    return members;
  }

  private int number(Cohort cohort) {
    return numbers.computeIfAbsent(
        cohort,
        c -> {
          sizes.add(0L);
          kinds.add(sides.get(c.side()).cohorts().families().get(c.family()).about());
          return sizes.size() - 1;
        });
  }

  boolean separates(long universe, int minGroup) {
    for (Map.Entry<Pair, Long> entry : common.entrySet()) {
      int x = entry.getKey().low();
      int y = entry.getKey().high();
      long both = entry.getValue();
      if (!kinds.get(x).equals(kinds.get(y))) {
        continue;
      }
      long neither = universe - sizes.get(x) - sizes.get(y) + both;
      boolean covers = kinds.get(x).equals(Cohorts.ROWS) && neither == 0;
      if (small(sizes.get(x) - both, minGroup)
          || small(sizes.get(y) - both, minGroup)
          || (covers && small(both, minGroup))) {
        return true;
      }
    }
    return disjointLeavesFew(universe, minGroup);
  }

  private boolean disjointLeavesFew(long universe, int minGroup) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (kinds.get(i).equals(Cohorts.ROWS)) {
        rows.add(i);
      }
    }
    rows.sort(Comparator.comparing(sizes::get, Comparator.reverseOrder()));
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        int x = Math.min(rows.get(i), rows.get(j));
        int y = Math.max(rows.get(i), rows.get(j));
        long rest = universe - sizes.get(x) - sizes.get(y);
        if (rest >= minGroup) {
          break;
        }
        if (!common.containsKey(new Pair(x, y)) && small(rest, minGroup)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean small(long records, int minGroup) {
    return records > 0 && records < minGroup;
  }
}
