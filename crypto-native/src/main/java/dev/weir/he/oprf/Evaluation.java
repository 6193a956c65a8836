package dev.weir.he.oprf;

import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * Whether the holder of a key evaluated just these elements: VerifyProof. Needs no secret, so
   * that anybody can check what was logged.
   *
   * @throws OprfException when another key was used, or another batch
   */
  public void verify(Element publicKey, List<Element> blinded) {
    OprfException.require(elements.size() == blinded.size() && !blinded.isEmpty());
    byte[] seed = Composites.seed(publicKey);
    var weights =
        IntStream.range(0, blinded.size())
            .mapToObj(i -> Composites.weight(seed, i, blinded.get(i), elements.get(i)))
            .toList();
    var sum = Composites.sum(weights, blinded);
    var product = Composites.sum(weights, elements);
    var first =
        P256.generator()
            .multiply(proof.response())
            .add(publicKey.point().multiply(proof.challenge()))
            .normalize();
    var second =
        sum.multiply(proof.response()).add(product.multiply(proof.challenge())).normalize();
    OprfException.require(
        Composites.challenge(publicKey, sum, product, first, second).equals(proof.challenge()));
  }
}
