package dev.weir.intake.cleaning;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.data.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Counts quality while rows are cleaned. Confined to one thread. */
public final class QualityCounter {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final List<Column> columns;
  private final List<RuleTally> rules = new ArrayList<>();
  private final TreeMap<String, Long> rejectedBy = new TreeMap<>();
  private final long[] filled; // [column] cells with a value among accepted rows
  private long accepted;
  private long rejected;
  private long duplicates;

  QualityCounter(List<Column> columns) {
    this.columns = columns;
    this.filled = new long[columns.size()];
  }

  RuleTally rule(CleaningRule rule) {
    var tally = new RuleTally(rule);
    rules.add(tally);
    return tally;
  }

  void duplicate(boolean duplicate) {
    duplicates += duplicate ? 1 : 0;
  }

  void count(Row row, Verdict verdict) {
    switch (verdict) {
      case Verdict.Accepted yes -> {
        accepted++;
        for (int i = 0; i < filled.length; i++) {
          filled[i] += row.isNull(i) ? 0 : 1;
        }
      }
      case Verdict.Rejected no -> {
        rejected++;
        rejectedBy.merge(no.rule(), 1L, Long::sum);
      }
    }
  }

  public long accepted() {
    return accepted;
  }

  public long rejected() {
    return rejected;
  }

  /** The report so far. */
  public QualityReport report(String runId, String sourceSha256) {
    var columnQualities = new ArrayList<QualityReport.ColumnQuality>();
    long cells = 0;
    for (int i = 0; i < filled.length; i++) {
      cells += filled[i];
      columnQualities.add(
          new QualityReport.ColumnQuality(
              columns.get(i).name(),
              filled[i],
              accepted - filled[i],
              percent(filled[i], accepted)));
    }
    return new QualityReport(
        runId,
        sourceSha256,
        accepted + rejected,
        accepted,
        rejected,
        percent(accepted, accepted + rejected),
        percent(cells, accepted * filled.length),
        duplicates,
        percent(duplicates, accepted + rejected),
        rejectedBy,
        columnQualities,
        rules.stream().map(QualityCounter::quality).toList());
  }

  private static QualityReport.RuleQuality quality(RuleTally tally) {
    return new QualityReport.RuleQuality(
        tally.rule().id(),
        tally.rule().action(),
        tally.checked(),
        tally.violations(),
        percent(tally.violations(), tally.checked()));
  }

  private static String percent(long part, long whole) {
    return whole == 0
        ? "0.0000"
        : BigDecimal.valueOf(part)
            .multiply(HUNDRED)
            .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_EVEN)
            .toPlainString();
  }
}
