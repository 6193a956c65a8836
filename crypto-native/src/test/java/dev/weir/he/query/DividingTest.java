package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.Ciphertexts;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import dev.weir.he.Words;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A client that knows its own question divides it out of c1: what is left is the plaintext of
 * cells. The attack reads every cell from a result that leaves whole, which is the planted bug, and
 * nothing from what does leave.
 */
class DividingTest {
  private static final int CELLS = 200;

  @Test
  void wholeResult_givesEveryCell_andTheReplyNone() {
    var layout = new CellLayout(HeParameters.CELLS_4096, CELLS, 1, 8);
    try (var context = Samples.context(layout.parameters());
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var table = filled(context, layout)) {
      var asker = new SumQuestion(context, layout);
      try (var question = context.seeded(asker.ask(secret, cell -> cell == 5 ? 1 : 0));
          var planted = table.evaluate(question);
          var result = table.evaluate(question);
          var reply = context.lift(layout.replyShape(), table.reply(result, key))) {
        assertThat(read(context, layout, question, planted, table)).isEqualTo(CELLS);
        assertThat(read(context, layout, question, reply, table)).isLessThan(CELLS / 10);
      }
    }
  }

  @Test
  void floodedResult_givesNoCell_evenWhole() {
    var layout = new CellLayout(HeParameters.CELLS_8192, CELLS, 1, 8);
    try (var context = Samples.context(layout.parameters());
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var table = filled(context, layout)) {
      var asker = new SumQuestion(context, layout);
      try (var question = context.seeded(asker.ask(secret, cell -> cell == 5 ? 1 : 0));
          var planted = table.evaluate(question);
          var result = table.evaluate(question)) {
        table.reply(result, key); // floods
        assertThat(read(context, layout, question, planted, table)).isEqualTo(CELLS);
        assertThat(read(context, layout, question, result, table)).isLessThan(CELLS / 10);
      }
    }
  }

  /** How many cells the quotient of both c1, modulo the first prime, shows. */
  private static int read(
      HeContext context,
      CellLayout layout,
      Ciphertexts question,
      Ciphertexts result,
      CellTable table) {
    long prime = context.parameters().dataPrimes().getFirst();
    int degree = context.parameters().degree();
    var plaintext =
        new NttPrime(prime, degree)
            .divide(c1(result.limbs(), context), c1(question.limbs(), context));
    var cells = table.measure(0);
    int found = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      long value = plaintext[degree - 1 - cell];
      long signed = value > prime / 2 ? value - prime : value;
      if (layout.limbs() == 1 ? signed == cells[cell] : signed == low(cells[cell], layout)) {
        found++;
      }
    }
    return found;
  }

  private static long low(long cell, CellLayout layout) {
    return Limbs.digit(cell, 0, layout.limbBits());
  }

  private static long[] c1(Words limbs, HeContext context) {
    int degree = context.parameters().degree();
    int from = context.parameters().dataPrimes().size() * degree;
    return Arrays.copyOfRange(limbs.toArray(), from, from + degree);
  }

  private static CellTable filled(HeContext context, CellLayout layout) {
    var table = new CellTable(context, layout);
    var random = new Random(9);
    for (int cell = 0; cell < CELLS; cell++) {
      table.set(0, cell, random.nextInt(256) - 128);
    }
    table.publish();
    return table;
  }
}
