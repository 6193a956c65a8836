package dev.weir.he;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.SumQuestion;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encryption and the school book agree, through the same interface. */
class OracleTest {
  @ParameterizedTest
  @EnumSource(names = {"CELLS_4096", "LOOKUP_4096"})
  void productsOfExpandedQueries_agree(HeParameters set) {
    var random = new Random(1);
    var plain = Words.allocate(set.degree());
    for (int i = 0; i < 12; i++) {
      plain.set(random.nextInt(set.degree()), random.nextInt(4));
    }
    var data = Samples.plain(set, 4, 200, 2);
    try (var real = Samples.context(set);
        var oracle = PlaintextOracle.context(set)) {
      assertThat(pipeline(real, plain, data)).isEqualTo(pipeline(oracle, plain, data));
    }
  }

  @Test
  void hiddenSums_agree() {
    var layout = new CellLayout(HeParameters.CELLS_8192, 300, 2, 40);
    try (var real = Samples.context(layout.parameters());
        var oracle = PlaintextOracle.context(layout.parameters())) {
      assertThat(sums(real, layout)).isEqualTo(sums(oracle, layout));
    }
  }

  private static long[] pipeline(HeContext context, Words plain, Words data) {
    int leaves = 4;
    var set = context.parameters();
    var elements = GaloisKeys.expansionElements(set, leaves);
    var shape = new ReplyShape(50, 0, set.degree());
    try (var secret = context.generateSecretKey();
        var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
        var query = context.seeded(secret.encrypt(plain));
        var expanded = query.expand(0, keys, leaves);
        var selectors = expanded.selectors();
        var tiles = context.tiles(1, leaves)) {
      tiles.put(0, 0, data);
      try (var product = tiles.multiply(selectors)) {
        product.add(product);
        try (var lifted = context.lift(shape, product.truncate(shape))) {
          return secret.decrypt(lifted).toArray();
        }
      }
    }
  }

  private static List<BigInteger> sums(HeContext context, CellLayout layout) {
    var asker = new SumQuestion(context, layout);
    try (var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var table = new CellTable(context, layout)) {
      for (int i = 0; i < layout.keys(); i++) {
        table.set(0, i, i - 100L);
        table.set(1, i, 1L << 30);
      }
      table.publish();
      try (var question = context.seeded(asker.ask(secret, i -> i % 3));
          var result = table.evaluate(question)) {
        return asker.sums(secret, table.reply(result, key));
      }
    }
  }
}
