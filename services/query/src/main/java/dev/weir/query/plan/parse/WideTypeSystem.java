package dev.weir.query.plan.parse;

import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Decimals of 38 digits, timestamps of microseconds, and no padding of text literals. */
final class WideTypeSystem extends RelDataTypeSystemImpl {
  private static final int DIGITS = 38;
  private static final int MICROS = 6;

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DIGITS;
      case TIMESTAMP -> MICROS;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxScale(type);
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
