package dev.weir.query.plan.expr;

import dev.weir.kernel.data.Column;

/**
 * Type of an expression.
 *
 * @param scale digits after the point of a {@link Base#NUMBER}, which engines hold as the whole
 *     number value·10^scale; otherwise 0
 */
public record ExprType(Base base, int scale) {
  /** What values are. */
  public enum Base {
    BOOLEAN,
    /** Exact, whole or decimal. */
    NUMBER,
    /** IEEE 754 binary64. */
    REAL,
    TEXT,
    DATE,
    TIMESTAMP
  }

  public static final ExprType BOOLEAN = new ExprType(Base.BOOLEAN, 0);
  public static final ExprType WHOLE = new ExprType(Base.NUMBER, 0);
  public static final ExprType REAL = new ExprType(Base.REAL, 0);
  public static final ExprType TEXT = new ExprType(Base.TEXT, 0);
  public static final ExprType DATE = new ExprType(Base.DATE, 0);
  public static final ExprType TIMESTAMP = new ExprType(Base.TIMESTAMP, 0);

  public static ExprType number(int scale) {
    return new ExprType(Base.NUMBER, scale);
  }

  public static ExprType of(Column column) {
    return switch (column.type()) {
      case BOOLEAN -> BOOLEAN;
      case INTEGER -> WHOLE;
      case DECIMAL -> number(column.scale());
      case DOUBLE -> REAL;
      case STRING -> TEXT;
      case DATE -> DATE;
      case TIMESTAMP -> TIMESTAMP;
    };
  }
}
