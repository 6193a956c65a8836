package dev.weir.query.sum;

import dev.weir.runtime.json.Json;
import java.util.Comparator;
import java.util.List;

/**
 * What an adder signs of one sum. Adders that took the same inputs write the same bytes.
 *
 * @param kind {@link #KIND}, so that the signature serves nothing else
 * @param ciphertextSha256 of the sum, lower-case hex
 * @param inputs all that were added, ordered by producer and sequence
 */
public record SumStatement(
    String kind, SumBatch batch, String ciphertextSha256, List<SignedInput> inputs) {
  public static final String KIND = "weir-sum-v1";

  private static final Comparator<SignedInput> ORDER =
      Comparator.<SignedInput, String>comparing(input -> input.statement().producer().value())
          .thenComparing(input -> input.statement().sequence());

  public SumStatement {
    inputs = List.copyOf(inputs);
    if (!kind.equals(KIND)
        || inputs.isEmpty()
        || inputs.size() > SumTask.MAX_INPUTS
        || !ciphertextSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a statement about a sum");
    }
  }

  static SumStatement of(SumBatch batch, String ciphertextSha256, List<SignedInput> inputs) {
    return new SumStatement(KIND, batch, ciphertextSha256, inputs.stream().sorted(ORDER).toList());
  }

  boolean isOrdered() {
    return inputs.equals(inputs.stream().sorted(ORDER).toList());
  }

  /** How many departments are in it. */
  public int producers() {
    return (int) inputs.stream().map(input -> input.statement().producer()).distinct().count();
  }

  /** RFC 8785. */
  byte[] toSign() {
    return Json.canonical(this);
  }

  /** SHA-256 of {@link #toSign}, lower-case hex. */
  public String sha256() {
    return Json.sha256Hex(toSign());
  }
}
