package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import dev.weir.he.SecretKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer equals the plaintext evaluation over the same cells, exactly. */
class HiddenSumTest {
  private static final int CELL_BITS = 48;

  @ParameterizedTest
  @EnumSource(names = {"CELLS_4096", "CELLS_8192"})
  void sumsOfHiddenSelections_areExact(HeParameters set) {
    var layout = new CellLayout(set, set.degree() + 77, 3, CELL_BITS);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      fill(table, new Random(1));
      var random = new Random(2);
      var chosen = random.ints(layout.keys(), 0, 2).toArray();
      for (IntToLongFunction weights :
          List.<IntToLongFunction>of(
              key -> 0, key -> key == 4 ? 1 : 0, key -> chosen[key], key -> 2 * chosen[key] - 1)) {
        assertThat(ask(context, secret, table, weights)).isEqualTo(expected(table, weights));
      }
    }
  }

  /** Every cell as large as declared, every key chosen: the noise and the limbs at their worst. */
  @Test
  void extremeCells_areExactToo() {
    var set = HeParameters.CELLS_4096;
    var layout = new CellLayout(set, 4 * set.degree(), 2, CELL_BITS);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      for (int key = 0; key < layout.keys(); key++) {
        table.set(0, key, (1L << (CELL_BITS - 1)) - 1);
        table.set(1, key, -(1L << (CELL_BITS - 1)));
      }
      table.publish();
      IntToLongFunction all = key -> 1;
      assertThat(ask(context, secret, table, all)).isEqualTo(expected(table, all));
      IntToLongFunction heavy = key -> key == 9 ? CellLayout.MAX_TOTAL_WEIGHT : 0;
      assertThat(ask(context, secret, table, heavy)).isEqualTo(expected(table, heavy));
    }
  }

  @Test
  void anUpdatedCell_isSeenOnceItIsPublished() {
    var set = HeParameters.CELLS_4096;
    var layout = new CellLayout(set, 2 * set.degree(), 2, CELL_BITS);
    IntToLongFunction one = key -> key == 5000 ? 1 : 0;
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      fill(table, new Random(3));
      table.set(1, 5000, -12345);
      assertThat(ask(context, secret, table, one).get(1)).isNotEqualTo(BigInteger.valueOf(-12345));
      assertThat(table.publish()).isEqualTo(1);
      assertThat(ask(context, secret, table, one).get(1)).isEqualTo(BigInteger.valueOf(-12345));
    }
  }

  @Test
  void theSameQuestion_givesTheSameLimbsAgain() {
    var set = HeParameters.CELLS_4096;
    var layout = new CellLayout(set, 100, 1, CELL_BITS);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      fill(table, new Random(4));
      var sent = new SumQuestion(context, layout).ask(secret, key -> key % 3);
      try (var question = context.seeded(sent);
          var first = table.evaluate(question);
          var second = table.evaluate(question)) {
        assertThat(first.limbs().toArray()).isEqualTo(second.limbs().toArray());
      }
    }
  }

  @Test
  void everyReply_hasTheSameSize() {
    var layout = new CellLayout(HeParameters.CELLS_4096, 1 << 20, 4, CELL_BITS);
    assertThat(layout.replyBytes()).isEqualTo(4 * 6 * 21_510);
    assertThat(layout.terms()).isEqualTo(256);
  }

  @Test
  void tooManyBitsOrWeights_areRefused() {
    var set = HeParameters.CELLS_4096;
    var layout = new CellLayout(set, 10, 1, 8);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      assertThatThrownBy(() -> table.set(0, 0, 128)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> table.set(0, 0, -129)).isInstanceOf(IllegalArgumentException.class);
      var question = new SumQuestion(context, layout);
      assertThatThrownBy(() -> question.ask(secret, key -> 1L << 18))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new CellLayout(HeParameters.LOOKUP_4096, 10, 1, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void balancedDigits_composeToTheValue() {
    var random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(1, 64);
      for (int bits : new int[] {9, 20}) {
        int count = 64 / bits + 1;
        int width = bits;
        var digits =
            IntStream.range(0, count).mapToLong(d -> Limbs.digit(value, d, width)).toArray();
        assertThat(LongStream.of(digits)).allMatch(digit -> Math.abs(digit) <= 1L << (width - 1));
        assertThat(Limbs.value(digits, bits)).isEqualTo(BigInteger.valueOf(value));
      }
    }
  }

  private static void fill(CellTable table, Random random) {
    for (int measure = 0; measure < table.layout().measures(); measure++) {
      for (int key = 0; key < table.layout().keys(); key++) {
        table.set(measure, key, random.nextLong() >> (64 - CELL_BITS));
      }
    }
    table.publish();
  }

  private static List<BigInteger> ask(
      HeContext context, SecretKey secret, CellTable table, IntToLongFunction weights) {
    var asker = new SumQuestion(context, table.layout());
    try (var key = context.publicKey(secret.publicKey());
        var question = context.seeded(asker.ask(secret, weights));
        var result = table.evaluate(question)) {
      var reply = table.reply(result, key);
      assertThat(reply.remaining()).isEqualTo(table.layout().replyBytes());
      return asker.sums(secret, reply);
    }
  }

  private static List<BigInteger> expected(CellTable table, IntToLongFunction weights) {
    return IntStream.range(0, table.layout().measures())
        .mapToObj(measure -> {
          var cells = table.measure(measure);
          return IntStream.range(0, cells.length)
              .mapToObj(key ->
                  BigInteger.valueOf(cells[key])
                      .multiply(BigInteger.valueOf(weights.applyAsLong(key))))
              .reduce(BigInteger.ZERO, BigInteger::add);
        })
        .toList();
  }
}
