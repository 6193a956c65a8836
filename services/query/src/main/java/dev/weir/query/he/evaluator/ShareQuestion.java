package dev.weir.query.he.evaluator;

import dev.weir.he.Words;

/** What a share of the cells is multiplied with. */
public sealed interface ShareQuestion {

  /**
   * A ciphertext for each block of the share.
   *
   * @param ciphertexts seeded, past the gate
   */
  record Weights(Words ciphertexts) implements ShareQuestion {}

  /**
   * One query, expanded to a ciphertext for each block of the whole table.
   *
   * @param firstBlock of the share
   */
  record Marked(Lookup question, int leaves, int firstBlock) implements ShareQuestion {}
}
