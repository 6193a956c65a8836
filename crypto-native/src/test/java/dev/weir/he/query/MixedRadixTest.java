package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A "selection" of 1, B and B² reads three cells one by one from what looks like one sum. Nothing
 * under encryption can refuse it; what it reads must be what was released. The planted bug is a
 * table that holds the counts before noise.
 */
class MixedRadixTest {
  private static final int BASE_BITS = 9;
  private static final List<Integer> AIMED = List.of(3, 70, 150);
  private static final CellLayout LAYOUT = new CellLayout(HeParameters.CELLS_4096, 200, 1, 7);

  /** Small counts that nobody may see, and what was released of them. */
  private static long counted(int cell) {
    return cell % 5;
  }

  private static long released(int cell) {
    return counted(cell) + cell % 7 * 3 - 9;
  }

  @Test
  void whatItReads_isWhatWasReleased() {
    assertThat(attacked(MixedRadixTest::released))
        .isEqualTo(AIMED.stream().map(MixedRadixTest::released).toList())
        .isNotEqualTo(AIMED.stream().map(MixedRadixTest::counted).toList());
  }

  @Test
  void sameAttack_onCellsBeforeNoise_readsTheCounts() {
    assertThat(attacked(MixedRadixTest::counted))
        .isEqualTo(AIMED.stream().map(MixedRadixTest::counted).toList());
  }

  private static List<Long> attacked(java.util.function.IntToLongFunction cells) {
    try (var context = Samples.context(LAYOUT.parameters());
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var table = new CellTable(context, LAYOUT)) {
      for (int cell = 0; cell < LAYOUT.keys(); cell++) {
        table.set(0, cell, cells.applyAsLong(cell));
      }
      table.publish();
      try (var question = context.seeded(weights(secret));
          var result = table.evaluate(question);
          var reply = context.lift(LAYOUT.replyShape(), table.reply(result, key))) {
        return digits(secret.decrypt(reply), context);
      }
    }
  }

  /** Past the honest client's check of the total weight. */
  private static Words weights(SecretKey secret) {
    var plain = Words.allocate(LAYOUT.parameters().degree());
    for (int i = 0; i < AIMED.size(); i++) {
      plain.set(AIMED.get(i), 1L << i * BASE_BITS);
    }
    return secret.encrypt(plain);
  }

  private static List<Long> digits(Words plain, HeContext context) {
    long modulus = context.parameters().plainModulus();
    long sum = plain.get(context.parameters().degree() - 1);
    long signed = sum > modulus / 2 ? sum - modulus : sum;
    return IntStream.range(0, AIMED.size())
        .mapToObj(index -> Limbs.digit(signed, index, BASE_BITS))
        .toList();
  }
}
