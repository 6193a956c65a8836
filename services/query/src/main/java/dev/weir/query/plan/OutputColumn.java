package dev.weir.query.plan;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A column of the answer.
 *
 * @param label the user's alias or a made-up name; never part of the canonical text
 * @param expectedHalfWidth of the 95 % interval in the unit of the column, for dp counts and sums;
 *     for dp quantiles in ranks; for dp averages that of a group of {@link #AVERAGE_RECORDS}
 *     records; free of data
 */
public record OutputColumn(String label, Kind kind, Optional<BigDecimal> expectedHalfWidth) {
  /** The size of group for which an average's error is told beforehand. */
  public static final int AVERAGE_RECORDS = 1_000;

  /** What the values are. */
  public enum Kind {
    KEY,
    CONSTANT,
    COUNT,
    SUM,
    AVERAGE,
    QUANTILE,
    EXTREME
  }
}
