package dev.weir.intake.frame;

/** The first byte of a frame. */
public enum FrameKind {
  /** Rows: ordinal, fault, cells; as many as fit. */
  ROWS('R'),
  /** How many rows were read so far, while a document is made. */
  PROGRESS('P'),
  /** A document as UTF-8 JSON. */
  DOCUMENT('D'),
  /** The file could not be read: a code of {@link ReadFault}. Nothing follows. */
  FAULT('F'),
  /** All rows were sent; their number. Nothing follows. */
  END('E');

  private final int symbol;

  FrameKind(int symbol) {
    this.symbol = symbol;
  }

  int symbol() {
    return symbol;
  }

  static FrameKind of(int symbol) {
    for (FrameKind kind : values()) {
      if (kind.symbol == symbol) {
        return kind;
      }
    }
    throw new FrameException("unknown frame kind");
  }
}
