package dev.weir.query.plan.render;

import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lays the cohorts of several answers over each other: counts the records of every combination in
 * one scan. Keys of the statement are the groups; statistics are bits that say which record sets a
 * combination belongs to, then the number of records.
 */
public final class OverlaySql {
  /** Combinations beyond which answers are not compared. */
  public static final int MAX_CELLS = 100_000;

  /** What a statement may select; PostgreSQL allows 1,664. */
  public static final int MAX_COLUMNS = 1_000;

  private static final int BITS = 60;

  private final List<Cohorts> answers;
  private final Map<Cohorts.Key, Integer> keys = new LinkedHashMap<>();
  private final Map<Fragment, Integer> flags = new LinkedHashMap<>();

  private OverlaySql(List<Cohorts> answers) {
    this.answers = answers;
  }

  /**
   * @param answers over the same resource, at least one
   */
  public static OverlaySql of(List<Cohorts> answers) {
    var sql = new OverlaySql(List.copyOf(answers));
    for (Cohorts answer : answers) {
      answer.keys().forEach(key -> sql.keys.putIfAbsent(gated(answer, key), sql.keys.size()));
      answer
          .families()
          .forEach(family -> sql.flags.putIfAbsent(flag(answer, family), sql.flags.size()));
    }
    return sql;
  }

  /** Where the keys of an answer stand among the keys of a row. */
  public List<Integer> keysOf(int answer) {
    Cohorts cohorts = answers.get(answer);
    return cohorts.keys().stream().map(key -> keys.get(gated(cohorts, key))).toList();
  }

  /** The word and the bit in it that tell about each family of an answer. */
  public List<Bit> flagsOf(int answer) {
    Cohorts cohorts = answers.get(answer);
    return cohorts.families().stream()
        .map(family -> flags.get(flag(cohorts, family)))
        .map(at -> new Bit(at / BITS, at % BITS))
        .toList();
  }

  /**
   * @param word statistic of the row
   * @param bit of the word, 0 is the lowest
   */
  public record Bit(int word, int bit) {}

  /** How many columns the statement groups by. */
  public int columns() {
    return keys.size() + words();
  }

  private int words() {
    return (flags.size() + BITS - 1) / BITS;
  }

  /** Returns at most {@link #MAX_CELLS} rows, and one more when there are more. */
  public EngineStatement statement() {
    var columns = new ArrayList<Fragment>();
    var shown = new ArrayList<String>();
    keys.keySet()
        .forEach(key -> {
          shown.add(key.text().replace("{}", "x" + columns.size()));
          columns.add(Fragment.format("{} AS x" + columns.size(), key.value()));
        });
    var all = List.copyOf(flags.keySet());
    for (int word = 0; word < words(); word++) {
      var bits = all.subList(word * BITS, Math.min(all.size(), (word + 1) * BITS));
      shown.add("x" + columns.size());
      columns.add(Fragment.format("{} AS x" + columns.size(), sum(bits)));
    }
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
    Fragment sql =
        Fragment.format(
            "SELECT "
                + String.join(", ", shown)
                + ", count(*) FROM ({}) b GROUP BY "
                + names
                + " LIMIT "
                + (MAX_CELLS + 1),
            records(columns));
    return new EngineStatement(sql.sql(), sql.parameters(), keys.size(), words() + 1);
  }

  private Fragment records(List<Fragment> columns) {
    Cohorts facts = answers.getFirst();
    var joins = new LinkedHashMap<String, Fragment>();
    answers.forEach(
        answer -> answer.joins().forEach(join -> joins.putIfAbsent(join.alias(), join.clause())));
    return Fragment.format(
        "SELECT {} FROM \""
            + EngineTables.table(facts.facts())
            + "\" "
            + Cohorts.FACTS_ALIAS
            + (joins.isEmpty() ? "{}" : " {}")
            + " WHERE {}",
        Fragment.join(", ", columns),
        Fragment.join(" ", List.copyOf(joins.values())),
        Fragment.bound(
            Cohorts.FACTS_ALIAS + ".\"" + EngineTables.VERSION + "\" = CAST(? AS BIGINT)",
            new Parameter.DataVersion(facts.facts())));
  }

  private static Fragment sum(List<Fragment> bits) {
    return Fragment.join(
        " + ",
        IntStream.range(0, bits.size())
            .mapToObj(bit ->
                Fragment.format(
                    "CASE WHEN {} THEN CAST(" + (1L << bit) + " AS BIGINT) ELSE 0 END",
                    bits.get(bit)))
            .toList());
  }

  private static Cohorts.Key gated(Cohorts answer, Cohorts.Key key) {
    return new Cohorts.Key(
        Fragment.format("CASE WHEN {} THEN {} END", answer.membership(), key.value()),
        key.text(),
        key.expr());
  }

  private static Fragment flag(Cohorts answer, Cohorts.Family family) {
    return Fragment.format("({} AND {})", answer.membership(), family.condition());
  }
}
