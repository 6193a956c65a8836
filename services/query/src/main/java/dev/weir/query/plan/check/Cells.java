package dev.weir.query.plan.check;

import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.query.plan.render.OverlaySql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts into which the cohorts of several answers divide the records, and which cohorts each
 * part belongs to. Immutable once made.
 */
final class Cells {
  /**
   * A released set of records.
   *
   * @param about what of the records was told: their number, or a column
   * @param key the group
   */
  record Cohort(int answer, String about, int family, List<Optional<String>> key) {}

  /**
   * @param cohorts numbers, ascending, distinct
   */
  record Cell(List<Integer> cohorts, long records) {
    Cell {
      cohorts = List.copyOf(cohorts);
    }
  }

  private final Map<Cohort, Integer> numbers = new HashMap<>();
  private final List<Cohort> cohorts = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  Cells(OverlaySql sql, List<ReleasedCohorts> answers, List<RawRow> rows) {
    var merged = new HashMap<List<Integer>, Long>();
    var sides = new ArrayList<Side>();
    for (int answer = 0; answer < answers.size(); answer++) {
      sides.add(new Side(answer, answers.get(answer), sql));
    }
    for (RawRow row : rows) {
      var members = new ArrayList<Integer>();
      sides.forEach(side -> side.members(row, members));
      merged.merge(
          members.stream().sorted().toList(),
          row.statistics().getLast().longValueExact(),
          Long::sum);
    }
    merged.forEach((members, records) -> cells.add(new Cell(members, records)));
  }

  List<Cell> all() {
    return cells;
  }

  int cohorts() {
    return cohorts.size();
  }

  Cohort cohort(int number) {
    return cohorts.get(number);
  }

  private int number(Cohort cohort) {
    return numbers.computeIfAbsent(
        cohort,
        c -> {
          cohorts.add(c);
          return cohorts.size() - 1;
        });
  }

  /** One answer's view of a row. */
  private final class Side {
    private final int answer;
    private final List<Cohorts.Family> families;
    private final Set<List<Optional<String>>> shown;
    private final List<Integer> keys;
    private final List<OverlaySql.Bit> flags;

    Side(int answer, ReleasedCohorts released, OverlaySql sql) {
      this.answer = answer;
      this.families = released.cohorts().families();
      this.shown = new HashSet<>(released.shownKeys());
      this.keys = sql.keysOf(answer);
      this.flags = sql.flagsOf(answer);
    }

    void members(RawRow row, List<Integer> members) {
      List<Optional<String>> key = keys.stream().map(row.keys()::get).toList();
      if (!shown.contains(key)) {
        return;
      }
      for (int family = 0; family < families.size(); family++) {
        var flag = flags.get(family);
        if (row.statistics().get(flag.word()).testBit(flag.bit())) {
          members.add(number(new Cohort(answer, families.get(family).about(), family, key)));
        }
      }
    }
  }
}
