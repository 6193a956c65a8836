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
        truth.keyed() ? duckDb.byKey(truth.sql()) : Map.of("", List.of(duckDb.number(truth.sql())));
    int values = 0;
    double worst = 0;
    for (JsonNode row : answer.path("rows")) {
      JsonNode cell = row.path(truth.keyed() ? 1 : 0);
      if (cell.has("number")) {
        String key = truth.keyed() ? row.path(0).path("text").asText() : "";
        BigDecimal real = expected.getOrDefault(key, List.of(BigDecimal.ZERO)).getFirst();
        worst =
            Math.max(worst, cell.path("number").decimalValue().subtract(real).abs().doubleValue());
        values++;
      }
    }
    return new Verdict(values > 0 && worst <= bound, values, bound, worst);
  }

  private Verdict sum(Truth.Sum truth, JsonNode answer, long nanoRho) throws SQLException {
    double bound =
        new NoiseBound(nanoRho, magnitude(truth.bounds()), truth.rows()).gaussian()
            * truth.bounds().granule().doubleValue();
    double real = duckDb.number(truth.sql()).doubleValue();
    double worst = Math.abs(only(answer).doubleValue() - real);
    return new Verdict(worst <= bound + 1e-6, 1, bound, worst);
  }

  /** With sum and count each within its bound, the ratio is within the bound that follows. */
  private Verdict average(Truth.Average truth, JsonNode answer, long nanoRho) throws SQLException {
    long each = nanoRho / 2;
    double sumBound =
        new NoiseBound(each, magnitude(truth.bounds()), truth.rows()).gaussian()
            * truth.bounds().granule().doubleValue();
    double countBound = new NoiseBound(each, 1, truth.rows()).gaussian();
    List<BigDecimal> real =
        duckDb.byKey("SELECT 'all', * FROM (" + truth.sql() + ")").getOrDefault("all", List.of());
    double sum = real.get(0).doubleValue();
    double count = real.get(1).doubleValue();
    if (count <= countBound) {
      return new Verdict(false, 2, countBound, count);
    }
    double mean = sum / count;
    double bound = (sumBound + Math.abs(mean) * countBound) / (count - countBound) + 1e-6;
    double worst = Math.abs(only(answer).doubleValue() - mean);
    return new Verdict(worst <= bound, 2, bound, worst);
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
    double bound = new NoiseBound(nanoRho, 1, truth.rows()).rank(points, truth.numerator(), TENTHS);
    BigDecimal shown = only(answer);
    BigDecimal next = shown.add(granule.multiply(new BigDecimal(step)));
    String sql =
        truth.sql().replace("?2", next.toPlainString()).replace("?", shown.toPlainString());
    List<BigDecimal> real =
        duckDb.byKey("SELECT 'all', * FROM (" + sql + ")").getOrDefault("all", List.of());
    double wanted = real.get(0).doubleValue() * truth.numerator() / TENTHS;
    double below = real.get(1).doubleValue();
    double upTo = real.get(2).doubleValue();
    double worst = Math.max(0, Math.max(below - wanted, wanted - upTo));
    return new Verdict(worst <= bound, 1, bound, worst);
  }

  private static long magnitude(Bounds bounds) {
    return bounds.magnitude().setScale(0, RoundingMode.UP).longValueExact();
  }

  private static BigDecimal only(JsonNode answer) {
    return answer.path("rows").path(0).path(0).path("number").decimalValue();
  }
}
