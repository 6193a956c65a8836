package dev.weir.query.plan.check;

import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.answer.Keys;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.question.ChosenKeys;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.query.plan.render.Fragment;
import dev.weir.query.plan.render.OverlaySql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
   * @param condition number of what the answer asks of a record, whatever its group
   */
  record Cohort(int answer, String about, int family, List<Optional<String>> key, int condition) {}

  /**
   * @param cohorts numbers, ascending, distinct
   * @param conditions numbers of those that the records meet, in shown groups or not
   */
  record Cell(List<Integer> cohorts, Set<Integer> conditions, long records) {
    Cell {
      cohorts = List.copyOf(cohorts);
      conditions = Set.copyOf(conditions);
    }
  }

  private record Meaning(String text, List<Cohorts.Join> joins) {}

  private record Place(List<Integer> cohorts, Set<Integer> conditions) {}

  private final List<ReleasedCohorts> answers;
  private final Map<Meaning, Integer> meanings = new HashMap<>();
  private final List<Selection> conditions = new ArrayList<>();
  private final Map<Cohort, Integer> numbers = new HashMap<>();
  private final List<Cohort> cohorts = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();
  private final List<Side> sides = new ArrayList<>();

  Cells(OverlaySql sql, List<ReleasedCohorts> answers, List<RawRow> rows) {
    this.answers = List.copyOf(answers);
    var merged = new HashMap<Place, Long>();
    for (int answer = 0; answer < answers.size(); answer++) {
      sides.add(new Side(answer, answers.get(answer), sql));
    }
    for (RawRow row : rows) {
      var members = new ArrayList<Integer>();
      var met = new HashSet<Integer>();
      sides.forEach(side -> side.members(row, members, met));
      merged.merge(
          new Place(members.stream().sorted().toList(), met),
          row.statistics().getLast().longValueExact(),
          Long::sum);
    }
    merged.forEach(
        (place, records) -> cells.add(new Cell(place.cohorts(), place.conditions(), records)));
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

  /** What a condition asks of a record. */
  Selection condition(int number) {
    return conditions.get(number);
  }

  /** What a cohort's question and its group ask of a record; a union is of no group. */
  Selection selection(Cohort cohort) {
    List<Cohorts.Key> keys = answers.get(cohort.answer()).cohorts().keys();
    return condition(cohort.condition())
        .with(
            IntStream.range(0, cohort.key().size())
                .mapToObj(i -> Keys.isIn(keys.get(i).expr(), cohort.key().get(i)))
                .toList());
  }

  /** All groups that an answer showed, as one that is of nothing. */
  Cohort union(Cohort of) {
    return sides.get(of.answer()).union(of);
  }

  /** What the groups of an answer are; the same for answers with the same groups. */
  List<Fragment> keys(int answer) {
    return answers.get(answer).cohorts().keys().stream().map(Cohorts.Key::value).toList();
  }

  private int number(Selection selection, List<Cohorts.Join> joins) {
    return meanings.computeIfAbsent(
        new Meaning(selection.text(), joins),
        meaning -> {
          conditions.add(selection);
          return conditions.size() - 1;
        });
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
    private final List<Cohorts.Join> joins;
    private final Map<Integer, Expr> chosen = new LinkedHashMap<>();
    private final List<Map<List<Optional<String>>, Integer>> asked = new ArrayList<>();

    Side(int answer, ReleasedCohorts released, OverlaySql sql) {
      this.answer = answer;
      this.families = released.cohorts().families();
      this.shown = new HashSet<>(released.shownKeys());
      this.keys = sql.keysOf(answer);
      this.flags = sql.flagsOf(answer);
      this.joins = released.cohorts().joins();
      List<Cohorts.Key> all = released.cohorts().keys();
      for (int i = 0; i < all.size(); i++) {
        if (ChosenKeys.isChosen(all.get(i).expr())) {
          chosen.put(i, all.get(i).expr());
        }
      }
      families.forEach(family -> asked.add(new HashMap<>()));
    }

    void members(RawRow row, List<Integer> members, Set<Integer> met) {
      List<Optional<String>> key = keys.stream().map(row.keys()::get).toList();
      boolean isShown = shown.contains(key);
      for (int family = 0; family < families.size(); family++) {
        var flag = flags.get(family);
        if (row.statistics().get(flag.word()).testBit(flag.bit())) {
          int condition = condition(family, key);
          met.add(condition);
          if (isShown) {
            members.add(
                number(new Cohort(answer, families.get(family).about(), family, key, condition)));
          }
        }
      }
    }

    /** What the question asks, and what it asks by grouping by a condition. */
    private int condition(int family, List<Optional<String>> key) {
      return asked
          .get(family)
          .computeIfAbsent(
              values(key),
              values -> number(families.get(family).selection().with(conditions(values)), joins));
    }

    Cohort union(Cohort of) {
      var shownValues = shown.stream().map(this::values).distinct();
      List<Expr> any =
          shownValues.map(values -> joined(true, conditions(values))).distinct().toList();
      return new Cohort(
          answer,
          of.about(),
          of.family(),
          List.of(),
          number(families.get(of.family()).selection().with(List.of(joined(false, any))), joins));
    }

    private List<Optional<String>> values(List<Optional<String>> key) {
      return chosen.keySet().stream().map(key::get).toList();
    }

    private List<Expr> conditions(List<Optional<String>> values) {
      List<Expr> keysChosen = List.copyOf(chosen.values());
      return IntStream.range(0, values.size())
          .mapToObj(i -> Keys.isIn(keysChosen.get(i), values.get(i)))
          .toList();
    }

    private static Expr joined(boolean and, List<Expr> parts) {
      if (parts.isEmpty()) {
        return Exprs.TRUE;
      }
      return parts.size() == 1 ? parts.getFirst() : new Logic(and, parts);
    }
  }
}
