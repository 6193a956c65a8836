package dev.weir.intake.reader;

import dev.weir.intake.frame.Row;
import java.util.List;

/** Typed rows of a CSV file. Confined to one thread. */
final class CsvRows implements RowSource {
  private final CsvText text;
  private final List<SourceColumn> columns;
  private final int[] fieldOf; // [column] index in the record
  private final CellParser[] parsers; // [column]
  private long ordinal;

  CsvRows(CsvText text, List<SourceColumn> columns, int[] fieldOf, CellParser[] parsers) {
    this.text = text;
    this.columns = columns;
    this.fieldOf = fieldOf;
    this.parsers = parsers;
  }

  @Override
  public List<SourceColumn> columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    if (!text.next()) {
      return false;
    }
    row.begin(ordinal++);
    String fault = text.fault();
    if (!fault.isEmpty()) {
      row.fault(fault, Texts.clip(text.raw()));
      return true;
    }
    for (int i = 0; i < parsers.length; i++) {
      String value = text.fields().get(fieldOf[i]);
      if (!value.isEmpty() && !parsers[i].parse(value, row, i)) {
        row.setBad(i, Texts.clip(value));
      }
    }
    return true;
  }

  @Override
  public void close() {
    text.close();
  }
}
