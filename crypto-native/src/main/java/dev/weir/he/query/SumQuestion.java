package dev.weir.he.query;

import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * The asker's side: which keys, with which weights; and what the sums are. What {@link #sums} finds
 * stays with the asker.
 */
public final class SumQuestion {
  private final CellLayout layout;
  private final HeContext context;

  public SumQuestion(HeContext context, CellLayout layout) {
    if (context.parameters() != layout.parameters()) {
      throw new IllegalArgumentException("the layout is for another parameter set");
    }
    this.context = context;
    this.layout = layout;
  }

  /**
   * Encrypts weights, each at its key: 0 and 1 for a selection. Its length says nothing about them.
   *
   * @param weights by key
   * @return {@link CellLayout#terms} seeded ciphertexts
   * @throws IllegalArgumentException when the weights add up to more than the limbs hold; this only
   *     keeps an honest asker from a wrong answer
   */
  public Words ask(SecretKey secret, IntToLongFunction weights) {
    long total =
        IntStream.range(0, layout.keys())
            .mapToLong(key -> Math.absExact(weights.applyAsLong(key)))
            .reduce(0, Math::addExact);
    if (total > CellLayout.MAX_TOTAL_WEIGHT) {
      throw new IllegalArgumentException("the weights add up to more than 2^20");
    }
    var plain = Words.allocate((long) layout.terms() * layout.parameters().degree());
    for (int key = 0; key < layout.keys(); key++) {
      plain.set(key, Math.floorMod(weights.applyAsLong(key), layout.parameters().plainModulus()));
    }
    try {
      return secret.encrypt(plain);
    } finally {
      plain.erase();
    }
  }

  /** The sum of each measure. */
  public List<BigInteger> sums(SecretKey secret, ByteBuffer reply) {
    int last = layout.parameters().degree() - 1;
    return SumReply.open(context, layout, layout.replyShape(), secret, reply)
        .at(last, LongUnaryOperator.identity());
  }
}
