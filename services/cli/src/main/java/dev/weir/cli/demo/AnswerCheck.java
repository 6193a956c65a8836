package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.demo.Field.Bounds;
import dev.weir.cli.demo.Question.Truth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Holds an answer against the truth. Confined to the demo's thread. */
final class AnswerCheck {
  private static final int MAX_GRID = 4096;
  private static final int TENTHS = 10;
  private static final double ROUNDING = 1e-6;

  private final DuckDbTruth duckDb;

  AnswerCheck(DuckDbTruth duckDb) {
    this.duckDb = duckDb;
  }

  /**
   * What came of it.
   *
   * @param values noised numbers looked at
   * @param bound what was allowed, in the unit of the answer
   * @param worst the farthest from the truth
   */
  record Verdict(boolean holds, int values, double bound, double worst) {}

  /** A quantity as far as it can be known from outside: a point, or an interval. */
  private record Known(double low, double high) {

    /** One of {@code quantities} in a row that has one column for each, or two. */
    static Known of(List<BigDecimal> row, int index, int quantities) {
      if (row.isEmpty()) {
        return new Known(0, 0);
      }
      int columns = row.size() / quantities;
      double low = row.get(index * columns).doubleValue();
      return new Known(low, row.get(index * columns + columns - 1).doubleValue());
    }

    double distance(double value) {
      return Math.max(0, Math.max(low - value, value - high));
    }
  }

  Verdict check(Truth truth, JsonNode answer, long nanoRho) throws SQLException {
    return switch (truth) {
      case Truth.Counts counts -> counts(counts, answer, nanoRho);
      case Truth.Sum sum -> sum(sum, answer, nanoRho);
      case Truth.Average average -> average(average, answer, nanoRho);
      case Truth.Quantile quantile -> quantile(quantile, answer, nanoRho);
    };
  }

  private Verdict counts(Truth.Counts truth, JsonNode answer, long nanoRho) throws SQLException {
    long bound = new NoiseBound(nanoRho, 1, truth.rows()).gaussian();
    Map<String, List<BigDecimal>> expected =
        truth.keyed() ? duckDb.byKey(truth.sql()) : Map.of("", duckDb.row(truth.sql()));
    int values = 0;
    int suppressed = 0; // a noisy count below the minimum group shows no number
    double worst = 0;
    for (JsonNode row : answer.path("rows")) {
      JsonNode cell = row.path(truth.keyed() ? 1 : 0);
      if (cell.has("number")) {
        String key = truth.keyed() ? row.path(0).path("text").asText() : "";
        Known real = Known.of(expected.getOrDefault(key, List.of()), 0, 1);
        worst = Math.max(worst, real.distance(cell.path("number").doubleValue()));
        values++;
      } else if (cell.path("suppressed").asBoolean()) {
        suppressed++;
      }
    }
    boolean looked = values + suppressed > 0 || truth.selected();
    return new Verdict(looked && worst <= bound, values, bound, worst);
  }

  private Verdict sum(Truth.Sum truth, JsonNode answer, long nanoRho) throws SQLException {
    double bound = sumBound(truth.bounds(), nanoRho, truth.rows());
    Known real = Known.of(duckDb.row(truth.sql()), 0, 1);
    double worst = real.distance(only(answer).doubleValue());
    return new Verdict(worst <= bound + ROUNDING, 1, bound, worst);
  }

  /** With sum and count each within its bound, the ratio is within the bound that follows. */
  private Verdict average(Truth.Average truth, JsonNode answer, long nanoRho) throws SQLException {
    long each = nanoRho / 2;
    double sumBound = sumBound(truth.bounds(), each, truth.rows());
    double countBound = new NoiseBound(each, 1, truth.rows()).gaussian();
    List<BigDecimal> row = duckDb.row(truth.sql());
    Known sum = Known.of(row, 0, 2);
    Known count = Known.of(row, 1, 2);
    double shown = only(answer).doubleValue();
    if (count.low() <= countBound) {
      return withinDeclared(truth.bounds(), shown);
    }
    double low = Math.min(sum.low() / count.low(), sum.low() / count.high());
    double high = Math.max(sum.high() / count.low(), sum.high() / count.high());
    double mean = Math.max(Math.abs(low), Math.abs(high));
    double bound = (sumBound + mean * countBound) / (count.low() - countBound) + ROUNDING;
    double worst = new Known(low, high).distance(shown);
    return new Verdict(worst <= bound, 2, bound, worst);
  }

  /** Where noise may outweigh all records, an average promises no more than its bounds. */
  private static Verdict withinDeclared(Bounds bounds, double shown) {
    double lower = bounds.lower().doubleValue();
    double upper = bounds.upper().doubleValue();
    double outside = new Known(lower, upper).distance(shown);
    return new Verdict(outside <= ROUNDING, 2, upper - lower, outside);
  }

  private Verdict quantile(Truth.Quantile truth, JsonNode answer, long nanoRho)
      throws SQLException {
    BigDecimal granule = truth.bounds().granule();
    BigInteger span =
        truth
            .bounds()
            .upper()
            .subtract(truth.bounds().lower())
            .divide(granule, 0, RoundingMode.UP)
            .toBigInteger();
    BigInteger step =
        span.add(BigInteger.valueOf(MAX_GRID - 2))
            .divide(BigInteger.valueOf(MAX_GRID - 1))
            .max(BigInteger.ONE);
    int points = span.divide(step).intValueExact() + 1;
    // The other half draws the ends of the interval.
    double bound =
        new NoiseBound(nanoRho / 2, 1, truth.rows()).rank(points, truth.numerator(), TENTHS);
    BigDecimal shown = only(answer);
    BigDecimal next = shown.add(granule.multiply(new BigDecimal(step)));
    String sql =
        truth.sql().replace("?2", next.toPlainString()).replace("?", shown.toPlainString());
    List<BigDecimal> row = duckDb.row(sql);
    Known all = Known.of(row, 0, 3);
    double leastWanted = all.low() * truth.numerator() / TENTHS;
    double mostWanted = all.high() * truth.numerator() / TENTHS;
    double below = Known.of(row, 1, 3).low();
    double upTo = Known.of(row, 2, 3).high();
    double worst = Math.max(0, Math.max(below - mostWanted, leastWanted - upTo));
    return new Verdict(worst <= bound, 1, bound, worst);
  }

  private static double sumBound(Bounds bounds, long nanoRho, int rows) {
    return new NoiseBound(nanoRho, magnitude(bounds), rows).gaussian()
        * bounds.granule().doubleValue();
  }

  private static long magnitude(Bounds bounds) {
    return bounds.magnitude().setScale(0, RoundingMode.UP).longValueExact();
  }

  private static BigDecimal only(JsonNode answer) {
    return answer.path("rows").path(0).path(0).path("number").decimalValue();
  }
}
