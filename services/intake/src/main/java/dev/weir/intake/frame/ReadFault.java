package dev.weir.intake.frame;

/** Why a source as a whole cannot be read; the sentence tells the provider what to do. */
public enum ReadFault {
  EMPTY("The file is empty."),
  NOT_TEXT("The file is neither Parquet nor text: a CSV must not hold zero bytes."),
  WRONG_ENCODING(
      "The bytes are not valid in the declared encoding; declare UTF-8 or GB18030 as the file was"
          + " saved."),
  UNKNOWN_ENCODING("The bytes are valid neither as UTF-8 nor as GB18030; save the file as one."),
  BLANK_HEADER("A column of the header row has no name; name every column."),
  DUPLICATE_HEADER("Two columns of the header row have the same name; names must differ."),
  TOO_MANY_COLUMNS("The file has more than 500 columns."),
  UNCLOSED_QUOTE("A quoted field is never closed, or is longer than the limit of one record."),
  MISSING_COLUMN("A column of the resource's schema is missing in the file."),
  EXTRA_COLUMN(
      "The file has a column that the resource's schema does not know; nobody has classified it."),
  UNSUPPORTED_COLUMN(
      "The file has a column of a nested, binary or otherwise unsupported type; flatten it first."),
  CELL_TOO_LARGE("A value is longer than the limit of one cell."),
  ZONE_UNDECLARED(
      "The file holds times without a zone; declare timeZone, for it is never guessed."),
  MALFORMED_PARQUET("The Parquet file is malformed."),
  READER_FAILED("The reader process ended early, or took more memory or time than it may.");

  private final String advice;

  ReadFault(String advice) {
    this.advice = advice;
  }

  public String advice() {
    return advice;
  }
}
