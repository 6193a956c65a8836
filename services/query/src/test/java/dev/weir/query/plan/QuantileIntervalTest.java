package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.privacy.noise.Rational;
import dev.weir.query.plan.answer.AnswerAssembler;
import dev.weir.query.plan.answer.Cell;
import dev.weir.query.plan.answer.NoiseSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a quantile's interval holds the quantile as often as it says, on data of any shape. */
class QuantileIntervalTest {
  private static final int DRAWS = 400;

  /** Of 400 draws at 95 % fewer than 330 hold with probability below 10⁻¹⁰. */
  private static final int LEAST = 330;

  private static final long SEED = 20261122;

  private static final ProductTerms PRODUCT =
      Products.dp("t").measure("m", ColumnType.INTEGER, 0, "0", "99", "1").build();

  @ParameterizedTest
  @CsvSource({
    "0.5, 5000, 1",
    "0.5, 40, 1",
    "0.5, 3, 1",
    "0.5, 0, 1",
    "0.05, 200, 1",
    "0.95, 200, 1",
    "0.5, 4000, 25",
    "1, 100, 1",
    "0, 100, 1"
  })
  void interval_holdsTheQuantile(BigDecimal fraction, int records, int spread) {
    // given: records at every spread-th point of the grid
    var plan = planned(fraction);
    var counts = new int[100];
    IntStream.range(0, records).forEach(i -> counts[i * 7919 % (100 / spread) * spread]++);
    var rows = new ArrayList<RawRow>();
    for (int point = 0; point < counts.length; point++) {
      if (counts[point] > 0) {
        var statistics = List.of(BigInteger.valueOf(point), BigInteger.valueOf(counts[point]));
        rows.add(new RawRow(List.of(), statistics));
      }
    }
    var random = new SplittableRandom(SEED);
    // when
    int holds = 0;
    double width = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      var answer = new AnswerAssembler(plan, seeded(random)).assemble(List.of(rows));
      var cell = (Cell.Quantile) answer.rows().getFirst().cells().getFirst();
      var interval = cell.interval();
      assertThat(interval.lower()).isLessThanOrEqualTo(cell.value());
      assertThat(interval.upper()).isGreaterThanOrEqualTo(cell.value());
      holds += holds(counts, fraction, interval.lower(), interval.upper()) ? 1 : 0;
      width += interval.upper().subtract(interval.lower()).doubleValue() / DRAWS;
    }
    // then
    assertThat(holds).as("seed %d", SEED).isGreaterThanOrEqualTo(LEAST);
    if (records == 5000) {
      assertThat(width).as("tells something where there are many records").isLessThan(15);
    }
  }

  /** Whether every point that is the quantile of these records lies between the ends. */
  private static boolean holds(
      int[] counts, BigDecimal fraction, BigDecimal lower, BigDecimal upper) {
    double target = fraction.doubleValue() * IntStream.of(counts).sum();
    double below = 0;
    for (int point = 0; point < counts.length; point++) {
      double upTo = below + counts[point];
      boolean here = counts[point] > 0 && below < target && target < upTo;
      var at = BigDecimal.valueOf(point);
      if (here && (at.compareTo(lower) < 0 || at.compareTo(upper) > 0)) {
        return false;
      }
      below = upTo;
    }
    return true;
  }

  private static DpPlan planned(BigDecimal fraction) {
    String sql = "SELECT PERCENTILE_DISC(" + fraction + ") WITHIN GROUP (ORDER BY m) FROM t";
    var parameters = PlanParameters.spending(100_000_000, 1);
    var outcome = new QueryPlanner().plan(sql, List.of(PRODUCT), Products.PARTY, parameters);
    return (DpPlan) ((PlanOutcome.Planned) outcome).plan();
  }

  /**
   * The exponential mechanism by the book, in floating point: a test of arithmetic, not secrecy.
   */
  private static NoiseSource seeded(SplittableRandom random) {
    return new NoiseSource() {
      @Override
      public BigInteger gaussian(Rational variance) {
        throw new AssertionError("a quantile alone has no other noise");
      }

      @Override
      public int exponential(List<BigInteger> distances, Rational rate) {
        double gamma = rate.numerator().doubleValue() / rate.denominator().doubleValue();
        double least = distances.stream().mapToDouble(BigInteger::doubleValue).min().orElse(0);
        double[] weights =
            distances.stream()
                .mapToDouble(distance -> Math.exp(-gamma * (distance.doubleValue() - least)))
                .toArray();
        double drawn = random.nextDouble() * java.util.Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
          drawn -= weights[i];
          if (drawn < 0) {
            return i;
          }
        }
        return weights.length - 1;
      }
    };
  }
}
