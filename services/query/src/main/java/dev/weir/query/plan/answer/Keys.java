package dev.weir.query.plan.answer;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.expr.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Group keys as engines return them, and as people read them. */
public final class Keys {
  private static final long MICROS = 1_000_000L;
  private static final int NANOS_PER_MICRO = 1000;

  private Keys() {}

  /** The value of a key that an engine returned as text. */
  static Object value(ExprType type, String raw) {
    if (type.base() == Base.NUMBER) {
      return new BigDecimal(new BigInteger(raw), type.scale());
    }
    if (type.base() == Base.TIMESTAMP) {
      long micros = Long.parseLong(raw);
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, MICROS),
          (int) Math.floorMod(micros, MICROS) * NANOS_PER_MICRO,
          ZoneOffset.UTC);
    }
    return Values.parse(type, raw).orElseThrow();
  }

  /** The condition that a record is in a group. */
  public static Expr isIn(Expr key, Optional<String> raw) {
    if (raw.isEmpty()) {
      return new Expr.IsNull(key);
    }
    Expr.Lit value = Values.literal(key.type(), value(key.type(), raw.get()));
    if (key.type().base() == Base.BOOLEAN) {
      return value.equals(Exprs.TRUE) ? key : new Expr.Not(key);
    }
    return new Expr.Compare(Expr.Comparison.EQ, key, value);
  }

  /** The textual form of a key that an engine returned. */
  static String text(ExprType type, String raw) {
    return Values.text(value(type, raw));
  }
}
