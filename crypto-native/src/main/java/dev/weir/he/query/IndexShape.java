package dev.weir.he.query;

/**
 * Entries one after the other, as many in a record as fit. An index costs one lookup and one
 * evaluation.
 *
 * @param entries at least one
 * @param valueBytes longest value
 */
public record IndexShape(int entries, int valueBytes) implements EntryShape {

  public IndexShape {
    if (!EntryShape.possible(entries, valueBytes)) {
      throw new IllegalArgumentException("1 entry at least, values of 1 to 1006 bytes");
    }
  }

  @Override
  public int records() {
    return (entries + places() - 1) / places();
  }

  @Override
  public int queries() {
    return 1;
  }

  /** The record in which an entry lies. */
  int record(int index) {
    return index / places();
  }

  /** Where in its record an entry begins. */
  int from(int index) {
    return index % places() * placeBytes();
  }
}
