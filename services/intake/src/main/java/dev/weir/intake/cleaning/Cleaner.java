package dev.weir.intake.cleaning;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.RecordSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cleans rows: unreadable rows, then types, then the rules in the order given, then required
 * values, then uniqueness among what is left. Deterministic: the same rows in the same order give
 * the same verdicts, which is what lets a killed run go on. Confined to one thread; owns its key
 * sets.
 */
public final class Cleaner implements AutoCloseable {
  private static final int MAX_RULES = 200;

  private final List<Column> columns;
  private final List<CheckedRule> typeRules = new ArrayList<>();
  private final List<CheckedRule> cellRules = new ArrayList<>();
  private final List<UniqueCheck> uniques = new ArrayList<>();
  private final List<KeySet> sets = new ArrayList<>();
  private final QualityCounter counter;
  private final RowDigest digest = new RowDigest();
  private final KeySet wholeRows;
  private final boolean[] emptied; // [column] to be emptied if the row is accepted
  private final int[] allColumns;

  /**
   * @param workDirectory where key sets may grow
   * @throws dev.weir.kernel.ProblemException of type VALIDATION_FAILED when a rule makes no sense
   */
  public Cleaner(
      RecordSchema schema,
      List<CleaningRule> rules,
      ReferenceValues references,
      Path workDirectory) {
    columns = schema.columns();
    counter = new QualityCounter(columns);
    emptied = new boolean[columns.size()];
    allColumns = java.util.stream.IntStream.range(0, columns.size()).toArray();
    wholeRows = new KeySet(workDirectory.resolve("duplicates"));
    sets.add(wholeRows);
    if (rules.size() > MAX_RULES) {
      throw new dev.weir.kernel.ProblemException(
          dev.weir.kernel.ProblemType.VALIDATION_FAILED, "A run has at most 200 cleaning rules.");
    }
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      indexes.put(columns.get(i).name().toLowerCase(Locale.ROOT), i);
    }
    for (int i = 0; i < columns.size(); i++) {
      typeRules.add(typeRule(rules, i));
    }
    for (CleaningRule rule : rules) {
      compile(rule, indexes, references, workDirectory);
    }
  }

  private CheckedRule typeRule(List<CleaningRule> rules, int index) {
    String name = columns.get(index).name();
    var rule =
        rules.stream()
            .filter(
                each -> each instanceof CleaningRule.Type && each.column().equalsIgnoreCase(name))
            .findFirst()
            .orElseGet(() -> new CleaningRule.Type(name, CleaningRule.Action.REJECT));
    return new CheckedRule(rule, index, (row, i) -> true, counter.rule(rule));
  }

  private void compile(
      CleaningRule rule, Map<String, Integer> indexes, ReferenceValues references, Path directory) {
    int index = index(rule, rule.column(), indexes);
    Column column = columns.get(index);
    switch (rule) {
      case CleaningRule.Type type -> {}
      case CleaningRule.Range range -> add(range, index, RuleCompiler.range(range, column));
      case CleaningRule.Pattern pattern ->
          add(pattern, index, RuleCompiler.pattern(pattern, column));
      case CleaningRule.Reference reference ->
          add(
              reference,
              index,
              RuleCompiler.reference(referenceSet(reference, references, directory), column));
      case CleaningRule.Unique unique -> {
        var key = new int[1 + unique.with().size()];
        key[0] = index;
        for (int i = 1; i < key.length; i++) {
          key[i] = index(rule, unique.with().get(i - 1), indexes);
        }
        uniques.add(new UniqueCheck(unique, key, newSet(directory), counter.rule(unique)));
      }
    }
  }

  private void add(CleaningRule rule, int index, CellRule test) {
    cellRules.add(new CheckedRule(rule, index, test, counter.rule(rule)));
  }

  private KeySet referenceSet(
      CleaningRule.Reference rule, ReferenceValues references, Path directory) {
    boolean fromSource = rule.source().isPresent() && rule.sourceColumn().isPresent();
    if (fromSource == !rule.values().isEmpty()) {
      throw RuleCompiler.invalid(
          "A reference rule lists its values or names a source and its column.", rule);
    }
    KeySet set = newSet(directory);
    if (fromSource) {
      references.read(rule, value -> addText(set, value));
    } else {
      rule.values().forEach(value -> addText(set, value));
    }
    return set;
  }

  private void addText(KeySet set, String value) {
    digest.of(value);
    set.add(digest.high(), digest.low());
  }

  private KeySet newSet(Path directory) {
    var set = new KeySet(directory.resolve("keys-" + sets.size()));
    sets.add(set);
    return set;
  }

  private static int index(CleaningRule rule, String name, Map<String, Integer> indexes) {
    Integer index = indexes.get(name.toLowerCase(Locale.ROOT));
    if (index == null) {
      throw RuleCompiler.invalid("The schema has no column of that name.", rule);
    }
    return index;
  }

  /** Cleans the row in place and counts what was found. */
  public Verdict clean(Row row) {
    Verdict verdict = judge(row);
    counter.count(row, verdict);
    return verdict;
  }

  private Verdict judge(Row row) {
    if (!row.fault().isEmpty()) {
      return new Verdict.Rejected("row:" + row.fault(), "");
    }
    Arrays.fill(emptied, false);
    digest.of(row, allColumns);
    counter.duplicate(!wholeRows.add(digest.high(), digest.low()));
    for (CheckedRule rule : typeRules) {
      rule.tally.check();
      if (row.kind(rule.index) == Row.BAD && breaks(rule)) {
        return rule.rejected();
      }
    }
    for (CheckedRule rule : cellRules) {
      if (!row.isNull(rule.index) && !emptied[rule.index]) {
        rule.tally.check();
        if (!rule.test.accepts(row, rule.index) && breaks(rule)) {
          return rule.rejected();
        }
      }
    }
    Verdict required = required(row);
    if (required instanceof Verdict.Rejected) {
      return required;
    }
    for (int i = 0; i < emptied.length; i++) {
      if (emptied[i]) {
        row.setNull(i);
      }
    }
    return unique(row);
  }

  /**
   * Counts the breach; true when the row is to be rejected. A rejected row stays as it was read.
   */
  private boolean breaks(CheckedRule checked) {
    checked.tally.broken();
    emptied[checked.index] = checked.rule.action() == CleaningRule.Action.SET_NULL;
    return checked.rule.action() == CleaningRule.Action.REJECT;
  }

  private Verdict required(Row row) {
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).nullable() && (row.isNull(i) || emptied[i])) {
        return new Verdict.Rejected("required:" + columns.get(i).name(), columns.get(i).name());
      }
    }
    return Verdict.ACCEPTED;
  }

  private Verdict unique(Row row) {
    for (UniqueCheck check : uniques) {
      if (check.repeats(row, digest)) {
        check.tally.broken();
        if (check.rule.action() == CleaningRule.Action.REJECT) {
          return new Verdict.Rejected(check.rule.id(), check.rule.column());
        }
        if (!columns.get(check.key[0]).nullable()) {
          return new Verdict.Rejected(check.rule.id(), check.rule.column());
        }
        row.setNull(check.key[0]);
      }
    }
    uniques.forEach(check -> check.remember(row, digest));
    return Verdict.ACCEPTED;
  }

  public QualityCounter quality() {
    return counter;
  }

  @Override
  public void close() {
    sets.forEach(KeySet::close);
  }

  private record CheckedRule(CleaningRule rule, int index, CellRule test, RuleTally tally) {
    Verdict rejected() {
      return new Verdict.Rejected(rule.id(), rule.column());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // read for every row; never compared
  private record UniqueCheck(CleaningRule.Unique rule, int[] key, KeySet seen, RuleTally tally) {
    boolean repeats(Row row, RowDigest digest) {
      if (row.isNull(key[0])) {
        return false;
      }
      tally.check();
      digest.of(row, key);
      return seen.contains(digest.high(), digest.low());
    }

    void remember(Row row, RowDigest digest) {
      if (!row.isNull(key[0])) {
        digest.of(row, key);
        seen.add(digest.high(), digest.low());
      }
    }
  }
}
