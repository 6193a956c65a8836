package dev.weir.he.query;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The asker's side of a question about one hidden key, or up to {@link #MAX_KEYS}: one ciphertext
 * for any table, which the evaluator expands to one for each block of keys. A block's selector
 * moves by multiples of the leaves only, so that a reply keeps as many coefficients as there are
 * leaves, and the asker reads those at which its keys came to stand.
 *
 * <p>Several keys have weights 1, 2^b, 2^2b with b the bits of a limb: what stands at a place is
 * then a number whose balanced digits are the limbs of the cells. Neither size nor form tells how
 * many keys there are.
 */
public final class OneHotQuestion {
  /** More digits than so would not fit into the plain modulus. */
  public static final int MAX_KEYS = 3;

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
   * @param keys at most {@link #MAX_KEYS}; none of them asks about nothing
   * @return one seeded ciphertext, whichever the keys
   */
  public Words ask(SecretKey secret, List<Integer> keys) {
    if (keys.size() > MAX_KEYS || keys.stream().anyMatch(key -> key < 0 || key >= layout.keys())) {
      throw new IllegalArgumentException("no such key, or more than " + MAX_KEYS);
    }
    var parameters = layout.parameters();
    var modulus = BigInteger.valueOf(parameters.plainModulus());
    var share = BigInteger.valueOf(layout.leaves()).modInverse(modulus); // expansion multiplies
    var plain = Words.allocate(parameters.degree());
    var places = places(keys);
    for (int digit = 0; digit < places.size(); digit++) {
      plain.set(
          places.get(digit),
          share.shiftLeft(digit * layout.limbBits()).mod(modulus).longValueExact());
    }
    try {
      return secret.encrypt(plain);
    } finally {
      plain.erase();
    }
  }

  /**
   * Each measure of each key; wrong numbers, and no sign of it, when the reply is to others.
   *
   * @param keys as they were asked for, in that order
   * @return {@code [keys][measures]}
   */
  public List<List<BigInteger>> values(SecretKey secret, List<Integer> keys, ByteBuffer reply) {
    var opened = SumReply.open(context, layout, layout.oneHotReplyShape(), secret, reply);
    var places = places(keys);
    return keys.stream()
        .map(key -> {
          int digit = places.indexOf(place(key));
          return opened.at(
              layout.parameters().degree() - 1 - key % layout.leaves(),
              value -> Limbs.digit(value, digit, layout.limbBits()));
        })
        .toList();
  }

  /** Where keys are marked, each once; keys of one place come back together. */
  private List<Integer> places(List<Integer> keys) {
    return keys.stream().map(this::place).distinct().toList();
  }

  private int place(int key) {
    int degree = layout.parameters().degree();
    return key / degree + key % degree / layout.leaves() * layout.leaves();
  }
}
