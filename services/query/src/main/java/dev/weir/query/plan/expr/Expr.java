package dev.weir.query.plan.expr;

import java.util.List;

/**
 * A total scalar expression with SQL's three-valued logic. Immutable. Build through {@link Exprs},
 * which normalises and folds.
 */
public sealed interface Expr {

  ExprType type();

  /** A column of a product, by the product's table name. */
  record Col(String table, String column, ExprType type) implements Expr {}

  /** A key (first) or measure of a finished answer; occurs in HAVING and ORDER BY only. */
  record Slot(int index, ExprType type) implements Expr {}

  /**
   * A literal.
   *
   * @param text numbers unscaled in base 10, dates and timestamps ISO, text as it is
   */
  record Lit(ExprType type, String text) implements Expr {}

  record NullLit(ExprType type) implements Expr {}

  record Compare(Comparison op, Expr left, Expr right) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.BOOLEAN;
    }
  }

  /** A conjunction or disjunction of at least two operands, sorted, distinct. */
  record Logic(boolean and, List<Expr> operands) implements Expr {
    public Logic {
      operands = List.copyOf(operands);
    }

    @Override
    public ExprType type() {
      return ExprType.BOOLEAN;
    }
  }

  record Not(Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.BOOLEAN;
    }
  }

  record IsNull(Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.BOOLEAN;
    }
  }

  record IsTrue(Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.BOOLEAN;
    }
  }

  /**
   * @param pattern with backslash as its escape
   */
  record Like(Expr value, String pattern) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.BOOLEAN;
    }
  }

  record Case(ExprType type, List<When> whens, Expr otherwise) implements Expr {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  /** One branch of a CASE. */
  record When(Expr condition, Expr value) {}

  /** Exact arithmetic; operands have the same scale for ADD and SUBTRACT. */
  record Arithmetic(Operation op, ExprType type, Expr left, Expr right) implements Expr {}

  /** Multiplies the scale of a number by a power of ten without changing its value. */
  record Rescale(ExprType type, Expr operand) implements Expr {}

  /** An exact number as the nearest binary64. */
  record ToReal(Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.REAL;
    }
  }

  /** A date as its midnight. */
  record ToTimestamp(Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.TIMESTAMP;
    }
  }

  record Extract(TimePart part, Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.WHOLE;
    }
  }

  /** The start of the year, month, day or hour; dates stay dates. */
  record FloorTo(TimePart part, Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return operand.type();
    }
  }

  record LetterCase(boolean upper, Expr operand) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.TEXT;
    }
  }

  /**
   * @param from 1 is the first character
   * @param length 0 or more
   */
  record Substring(Expr operand, int from, int length) implements Expr {
    @Override
    public ExprType type() {
      return ExprType.TEXT;
    }
  }

  /** Exact arithmetic. */
  enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY
  }

  /** Comparison operators. */
  enum Comparison {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /** a op b = b flipped(op) a. */
    public Comparison flipped() {
      return switch (this) {
        case EQ -> EQ;
        case NE -> NE;
        case LT -> GT;
        case LE -> GE;
        case GT -> LT;
        case GE -> LE;
      };
    }

    /** NOT (a op b) = a negated(op) b, nulls included, since every type here is totally ordered. */
    public Comparison negated() {
      return switch (this) {
        case EQ -> NE;
        case NE -> EQ;
        case LT -> GE;
        case LE -> GT;
        case GT -> LE;
        case GE -> LT;
      };
    }
  }

  /** Parts of a date or timestamp; DOW is 0 for Sunday to 6. */
  enum TimePart {
    YEAR,
    MONTH,
    DAY,
    HOUR,
    DOW
  }
}
