package dev.weir.he.query;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The asker's side of a sum over one hidden key: one ciphertext for any number of keys, which the
 * evaluator expands to one for each block of them. A block's selector moves by multiples of the
 * leaves only, so that a reply keeps as many coefficients as there are leaves, and the asker reads
 * the one at which its key came to stand.
 */
public final class OneHotQuestion {
  private final HeContext context;
  private final CellLayout layout;

  public OneHotQuestion(HeContext context, CellLayout layout) {
    if (context.parameters() != layout.parameters()) {
      throw new IllegalArgumentException("the layout is for another parameter set");
    }
    layout.oneHotReplyShape();
    this.context = context;
    this.layout = layout;
  }

  /** Elements of the Galois keys that travel once, before the first question. */
  public List<Integer> keyElements() {
    return GaloisKeys.expansionElements(layout.parameters(), layout.leaves());
  }

  /**
   * @return one seeded ciphertext, whichever the key
   */
  public Words ask(SecretKey secret, int key) {
    if (key < 0 || key >= layout.keys()) {
      throw new IllegalArgumentException("no such key");
    }
    var parameters = layout.parameters();
    var plain = Words.allocate(parameters.degree());
    int block = key / parameters.degree();
    plain.set(
        block + key % parameters.degree() / layout.leaves() * layout.leaves(),
        BigInteger.valueOf(layout.leaves())
            .modInverse(BigInteger.valueOf(parameters.plainModulus()))
            .longValue()); // which expansion multiplies by the leaves
    try {
      return secret.encrypt(plain);
    } finally {
      plain.erase();
    }
  }

  /** Each measure of the key; wrong numbers, and no sign of it, when the reply is to another. */
  public List<BigInteger> values(SecretKey secret, int key, ByteBuffer reply) {
    int place = layout.parameters().degree() - 1 - key % layout.leaves();
    return SumReply.sums(context, layout, layout.oneHotReplyShape(), place, secret, reply);
  }
}
