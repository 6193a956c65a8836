package dev.weir.intake.reader;

/** The formats intake reads. */
public enum SourceFormat {
  CSV,
  PARQUET;

  private static final byte[] PARQUET_MAGIC = {'P', 'A', 'R', '1'};

  /**
   * Tells a format by the first bytes, not by the name.
   *
   * @param head the first bytes of the file, 4 of them where it has as many
   */
  public static SourceFormat of(byte[] head) {
    return java.util.Arrays.equals(head, PARQUET_MAGIC) ? PARQUET : CSV;
  }
}
