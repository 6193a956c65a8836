package dev.weir.he.oprf;

import java.util.List;

/**
 * The server's answer to a batch of blinded elements.
 *
 * @param elements in the order of the batch
 * @param proof for all of them together
 */
public record Evaluation(List<Element> elements, Proof proof) {
  public Evaluation {
    elements = List.copyOf(elements);
  }
}
