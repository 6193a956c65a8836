package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearScoreTest {
  private static final CellLayout LAYOUT = new CellLayout(HeParameters.CELLS_4096, 300, 2, 20);

  private final Random random = new Random(4);

  @Test
  void score_isTheDotProduct_exactForTheScaledWeights() {
    var weights = new double[2][300];
    for (int key = 0; key < 300; key += 3) {
      weights[0][key] = random.nextGaussian();
      weights[1][key] = random.nextGaussian() / 50;
    }
    var score = LinearScore.of(LAYOUT, weights);
    try (var context = Samples.context(LAYOUT.parameters());
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var table = new CellTable(context, LAYOUT)) {
      for (int cell = 0; cell < 300; cell++) {
        table.set(0, cell, random.nextInt(1_000));
        table.set(1, cell, random.nextInt(400_000) - 200_000);
      }
      table.publish();
      var asker = new SumQuestion(context, LAYOUT);
      List<List<BigInteger>> sums = new ArrayList<>();
      for (int measure = 0; measure < 2; measure++) {
        int asked = measure;
        try (var question = context.seeded(asker.ask(secret, cell -> score.weight(asked, cell)));
            var result = table.evaluate(question)) {
          sums.add(asker.sums(secret, table.reply(result, key)));
        }
      }
      var found = score.score(sums);
      assertThat(found).isEqualByComparingTo(scaled(score, table));
      assertThat(found.doubleValue()).isCloseTo(real(weights, table), within(bound(score, table)));
      assertThat(score.fractionBits()).isGreaterThanOrEqualTo(12);
    }
  }

  @Test
  void weightsThatDoNotFit_areRefused() {
    var weights = new double[2][300];
    weights[1][7] = 1 << 21;
    assertThatThrownBy(() -> LinearScore.of(LAYOUT, weights))
        .isInstanceOf(IllegalArgumentException.class);
    weights[1][7] = Double.NaN;
    assertThatThrownBy(() -> LinearScore.of(LAYOUT, weights))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LinearScore.of(LAYOUT, new double[1][300]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LinearScore.of(LAYOUT, new double[2][300]).toString()).doesNotContain("0.0");
  }

  private static BigDecimal scaled(LinearScore score, CellTable table) {
    long total = 0;
    for (int measure = 0; measure < 2; measure++) {
      long[] cells = table.measure(measure);
      for (int key = 0; key < cells.length; key++) {
        total += cells[key] * score.weight(measure, key);
      }
    }
    return new BigDecimal(total).divide(new BigDecimal(1L << score.fractionBits()));
  }

  private static double real(double[][] weights, CellTable table) {
    double total = 0;
    for (int measure = 0; measure < 2; measure++) {
      long[] cells = table.measure(measure);
      for (int key = 0; key < cells.length; key++) {
        total += cells[key] * weights[measure][key];
      }
    }
    return total;
  }

  /** Half a unit of the scale for each cell. */
  private static double bound(LinearScore score, CellTable table) {
    double total = 0;
    for (int measure = 0; measure < 2; measure++) {
      for (long cell : table.measure(measure)) {
        total += Math.abs(cell);
      }
    }
    return total / Math.scalb(2.0, score.fractionBits());
  }
}
