package dev.weir.intake.frame;

import java.util.Arrays;

/**
 * One row as it moves from file to topic. Mutable and reused for every row, because three million
 * rows pass through; confined to one thread. A cell is a kind plus a number or a text:
 *
 * <ul>
 *   <li>{@link #NUMBER}: INTEGER as is, DECIMAL unscaled, DATE days, TIMESTAMP microseconds,
 *       BOOLEAN 0 or 1
 *   <li>{@link #REAL}: the bits of a binary64
 *   <li>{@link #TEXT}: a string
 *   <li>{@link #BAD}: the text that could not be read as the column's type
 * </ul>
 */
public final class Row {
  public static final byte NULL = 0;
  public static final byte NUMBER = 1;
  public static final byte REAL = 2;
  public static final byte TEXT = 3;
  public static final byte BAD = 4;

  private final byte[] kinds;
  private final long[] numbers;
  private final String[] texts;
  private long ordinal;
  private String fault = "";

  public Row(int columns) {
    kinds = new byte[columns];
    numbers = new long[columns];
    texts = new String[columns];
    Arrays.fill(texts, "");
  }

  /** Makes every cell null and gives the row its place in the source. */
  public void begin(long newOrdinal) {
    Arrays.fill(kinds, NULL);
    ordinal = newOrdinal;
    fault = "";
  }

  /**
   * Marks the whole row as unreadable.
   *
   * @param reason rule id such as {@code ragged-row}
   * @param raw the row as read; kept in the first cell
   */
  public void fault(String reason, String raw) {
    Arrays.fill(kinds, NULL);
    fault = reason;
    setBad(0, raw);
  }

  /** The reason why the whole row is unreadable; empty when it is readable. */
  public String fault() {
    return fault;
  }

  public int columns() {
    return kinds.length;
  }

  public long ordinal() {
    return ordinal;
  }

  public byte kind(int column) {
    return kinds[column];
  }

  public boolean isNull(int column) {
    return kinds[column] == NULL;
  }

  public long number(int column) {
    return numbers[column];
  }

  public double real(int column) {
    return Double.longBitsToDouble(numbers[column]);
  }

  public String text(int column) {
    return texts[column];
  }

  public void setNull(int column) {
    kinds[column] = NULL;
  }

  public void setNumber(int column, long value) {
    kinds[column] = NUMBER;
    numbers[column] = value;
  }

  public void setReal(int column, double value) {
    kinds[column] = REAL;
    numbers[column] = Double.doubleToRawLongBits(value);
  }

  public void setText(int column, String value) {
    kinds[column] = TEXT;
    texts[column] = value;
  }

  public void setBad(int column, String raw) {
    kinds[column] = BAD;
    texts[column] = raw;
  }

  /** Shape only: a row is personal data. */
  @Override
  public String toString() {
    return "Row[ordinal=" + ordinal + ", columns=" + kinds.length + "]";
  }
}
