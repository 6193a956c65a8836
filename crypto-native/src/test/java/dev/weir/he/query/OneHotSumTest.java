package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeContext;
import dev.weir.he.HeLibrary;
import dev.weir.he.HeParameters;
import dev.weir.he.PlaintextOracle;
import dev.weir.he.Samples;
import dev.weir.he.wire.Packed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One small ciphertext finds the cells of one key, exactly, among any number of keys. */
class OneHotSumTest {
  private static final HeParameters SET = HeParameters.CELLS_4096;

  @ParameterizedTest
  @CsvSource({"5, 2, 48", "4096, 1, 20", "20557, 3, 33"})
  void cellsOfOneKey_comeBackExactly_fromOneSmallCiphertext(int keys, int measures, int bits) {
    var layout = new CellLayout(SET, keys, measures, bits);
    long live = HeLibrary.loaded().liveObjects();
    try (var context = Samples.context(SET);
        var table = filled(context, layout)) {
      for (int key : new int[] {0, 1, keys / 2 + 1, keys - 1}) {
        assertThat(asked(context, table, List.of(key))).containsExactly(cells(table, key));
      }
    }
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(live);
  }

  /** A million keys, every limb as large as it can be: expansion's noise at its worst. */
  @Test
  void largestTable_withExtremeCells_isExactToo() {
    var layout = new CellLayout(SET, 1 << 20, 1, 8);
    try (var context = Samples.context(SET);
        var table = new CellTable(context, layout)) {
      for (int key = 0; key < layout.keys(); key++) {
        table.set(0, key, key % 3 == 0 ? 127 : -128);
      }
      table.publish();
      for (int key : new int[] {0, 255, 256, 777_777, (1 << 20) - 1}) {
        assertThat(asked(context, table, List.of(key))).containsExactly(cells(table, key));
      }
    }
  }

  /** Three keys in one ciphertext, neighbours, one block or many, all limbs at their extremes. */
  @Test
  void upToThreeKeys_comeBackExactly_fromTheSameCiphertext() {
    var layout = new CellLayout(SET, 20_557, 2, 33);
    try (var context = Samples.context(SET);
        var table = new CellTable(context, layout)) {
      for (int key = 0; key < layout.keys(); key++) {
        table.set(0, key, key % 2 == 0 ? -(1L << 32) : (1L << 32) - 1);
        table.set(1, key, 31L * key - 300_000);
      }
      table.publish();
      for (var wanted :
          List.of(
              List.of(20_556, 0, 9_999),
              List.of(8, 9, 10),
              List.of(4_095, 4_096),
              List.of(8_192, 8_192 + 512, 77))) {
        assertThat(asked(context, table, wanted))
            .isEqualTo(wanted.stream().map(key -> cells(table, key)).toList());
      }
      assertThat(asked(context, table, List.of())).isEmpty();
    }
  }

  @Test
  void schoolBook_agrees() {
    var layout = new CellLayout(SET, 300, 2, 30);
    try (var real = Samples.context(SET);
        var oracle = PlaintextOracle.context(SET);
        var table = filled(real, layout);
        var plain = filled(oracle, layout)) {
      assertThat(asked(real, table, List.of(123))).isEqualTo(asked(oracle, plain, List.of(123)));
    }
  }

  @Test
  void questionAndReply_haveOneSizeWhicheverTheKey_farBelowASubset() {
    var layout = new CellLayout(SET, 1 << 20, 4, 48);
    assertThat(layout.leaves()).isEqualTo(256);
    assertThat(layout.oneHotReplyBytes()).isEqualTo(24 * 22_848);
    try (var context = Samples.context(SET);
        var secret = context.generateSecretKey()) {
      var asker = new OneHotQuestion(context, layout);
      assertThat(asker.keyElements()).hasSize(8);
      for (int key : new int[] {0, 4_095, 4_096, (1 << 20) - 1}) {
        assertThat(Packed.ciphertexts(SET, asker.ask(secret, List.of(key))).remaining())
            .isEqualTo(32_876);
      }
      for (var keys : List.of(List.<Integer>of(), List.of(1, 70_000, 900_000))) {
        assertThat(Packed.ciphertexts(SET, asker.ask(secret, keys)).remaining()).isEqualTo(32_876);
      }
      for (var wrong : List.of(List.of(1 << 20), List.of(-1), List.of(1, 2, 3, 4))) {
        assertThatThrownBy(() -> asker.ask(secret, wrong))
            .isInstanceOf(IllegalArgumentException.class);
      }
      var other = ByteBuffer.allocate(layout.replyBytes());
      assertThatThrownBy(() -> asker.values(secret, List.of(0), other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** What expansion leaves is too large for the flooding of wide sets to hide. */
  @Test
  void setsThatFlood_takeNoOneHotQuestion() {
    var layout = new CellLayout(HeParameters.CELLS_8192, 10, 1, 8);
    assertThatThrownBy(layout::oneHotReplyShape).isInstanceOf(IllegalArgumentException.class);
    try (var context = Samples.context(layout.parameters())) {
      assertThatThrownBy(() -> new OneHotQuestion(context, layout))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<List<BigInteger>> asked(
      HeContext context, CellTable table, List<Integer> wanted) {
    var layout = table.layout();
    var asker = new OneHotQuestion(context, layout);
    var elements = asker.keyElements();
    try (var secret = context.generateSecretKey();
        var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
        var question = context.seeded(asker.ask(secret, wanted));
        var result = table.evaluate(question, keys)) {
      var reply = result.truncate(layout.oneHotReplyShape());
      assertThat(reply.remaining()).isEqualTo(layout.oneHotReplyBytes());
      return asker.values(secret, wanted, reply);
    }
  }

  private static List<BigInteger> cells(CellTable table, int key) {
    return IntStream.range(0, table.layout().measures())
        .mapToObj(measure -> BigInteger.valueOf(table.measure(measure)[key]))
        .toList();
  }

  private static CellTable filled(HeContext context, CellLayout layout) {
    var table = new CellTable(context, layout);
    var random = new Random(31);
    for (int measure = 0; measure < layout.measures(); measure++) {
      for (int key = 0; key < layout.keys(); key++) {
        table.set(measure, key, random.nextLong() >> (Long.SIZE - layout.cellBits()));
      }
    }
    table.publish();
    return table;
  }
}
