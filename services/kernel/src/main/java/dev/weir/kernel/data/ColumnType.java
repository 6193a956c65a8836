package dev.weir.kernel.data;

/** The types a record column may have between intake and query. */
public enum ColumnType {
  BOOLEAN,
  /** 64-bit signed. */
  INTEGER,
  /** Exact decimal; the column states its scale, the unscaled value fits 64 bits. */
  DECIMAL,
  /** IEEE 754 binary64; never summed as such, see {@code MeasureBounds}. */
  DOUBLE,
  STRING,
  /** Days, without a zone. */
  DATE,
  /** Microseconds since 1970-01-01T00:00:00Z. */
  TIMESTAMP
}
