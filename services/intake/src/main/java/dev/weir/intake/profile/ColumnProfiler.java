package dev.weir.intake.profile;

import dev.weir.intake.frame.Row;
import dev.weir.intake.reader.SourceColumn;
import dev.weir.intake.recognise.ColumnSample;
import dev.weir.intake.recognise.Recognisers;
import java.util.Optional;

/** Gathers the profile of one column, row by row. Memory is bounded. Confined to one thread. */
final class ColumnProfiler {
  private final SourceColumn column;
  private final HyperLogLog distinct = new HyperLogLog();
  private final FrequentValues frequent = new FrequentValues();
  private final ColumnSample sample;
  private final Extremes extremes = new Extremes();
  private long values;
  private long nulls;
  private long violations;
  private int minLength = Integer.MAX_VALUE;
  private int maxLength;

  ColumnProfiler(SourceColumn column) {
    this.column = column;
    this.sample = new ColumnSample(column.sourceName());
  }

  void add(Row row, int index) {
    switch (row.kind(index)) {
      case Row.NULL -> nulls++;
      case Row.BAD -> violations++;
      case Row.NUMBER -> {
        long value = row.number(index);
        extremes.number(value);
        count(HyperLogLog.mix(value), value);
      }
      case Row.REAL -> {
        double value = row.real(index);
        extremes.real(value);
        count(HyperLogLog.mix(Double.doubleToLongBits(value)), value);
      }
      default -> {
        String value = row.text(index);
        extremes.text(value);
        int length = value.codePointCount(0, value.length());
        minLength = Math.min(minLength, length);
        maxLength = Math.max(maxLength, length);
        count(HyperLogLog.hash(value), value);
      }
    }
    if (sample.wantsMore() && row.kind(index) != Row.NULL && row.kind(index) != Row.BAD) {
      sample.add(CellText.of(row, index, column.type(), column.scale()));
    }
  }

  private void count(long hash, Object value) {
    values++;
    distinct.add(hash);
    frequent.add(value);
  }

  ColumnProfile build() {
    return new ColumnProfile(
        column.name(),
        column.sourceName(),
        column.type(),
        column.scale(),
        column.localTime(),
        values,
        nulls,
        violations,
        frequent.isExact()
            ? frequent.size()
            : Math.min(values, Math.max(FrequentValues.CAPACITY, distinct.estimate())),
        values == 0 ? Optional.empty() : Optional.of(extremes.min(column)),
        values == 0 ? Optional.empty() : Optional.of(extremes.max(column)),
        maxLength == 0 ? 0 : minLength,
        maxLength,
        frequent.top(this::text),
        Recognisers.propose(sample, column.type()));
  }

  private String text(Object value) {
    return switch (value) {
      case Long number -> CellText.number(number, column.type(), column.scale());
      case Double real -> CellText.real(real);
      default -> value.toString();
    };
  }
}
