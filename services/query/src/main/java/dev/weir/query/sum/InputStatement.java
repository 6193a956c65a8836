package dev.weir.query.sum;

import dev.weir.kernel.CreditCode;
import dev.weir.runtime.json.Json;

/**
 * What a producer signs of one ciphertext.
 *
 * @param kind {@link #KIND}, so that the signature serves nothing else
 * @param sequence of this producer within the batch, from 0; each once
 * @param ciphertextSha256 lower-case hex
 */
public record InputStatement(
    String kind, CreditCode producer, SumBatch batch, long sequence, String ciphertextSha256) {
  public static final String KIND = "weir-sum-input-v1";

  public InputStatement {
    if (!kind.equals(KIND)
        || sequence < 0
        || sequence > Integer.MAX_VALUE
        || !ciphertextSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a statement about an input");
    }
  }

  /** RFC 8785. */
  byte[] toSign() {
    return Json.canonical(this);
  }
}
