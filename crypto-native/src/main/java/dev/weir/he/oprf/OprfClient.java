package dev.weir.he.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

/** One batch of a client's inputs, blinded. Secret; immutable, thread-safe. */
public final class OprfClient {
  private final Element publicKey;
  private final List<byte[]> inputs;
  private final List<BigInteger> blinds;
  private final List<Element> blinded;

  private OprfClient(Element publicKey, List<byte[]> inputs, List<BigInteger> blinds) {
    this.publicKey = publicKey;
    this.inputs = inputs.stream().map(byte[]::clone).toList();
    this.blinds = List.copyOf(blinds);
    this.blinded =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> P256.hashed(inputs.get(i)).multiply(blinds.get(i)).normalize())
            .map(Element::new)
            .toList();
  }

  /**
   * @param publicKey of the server, known before
   * @param inputs at least one, each of at most 65,535 bytes; what is asked for
   */
  public static OprfClient blind(Element publicKey, List<byte[]> inputs, SecureRandom random) {
    return with(publicKey, inputs, inputs.stream().map(i -> P256.randomScalar(random)).toList());
  }

  static OprfClient with(Element publicKey, List<byte[]> inputs, List<BigInteger> blinds) {
    return new OprfClient(publicKey, inputs, blinds);
  }

  /** What the server sees: uniform, whatever the inputs are. */
  public List<Element> blinded() {
    return blinded;
  }

  /**
   * The function's values, in the order of the inputs.
   *
   * @throws OprfException when the server used another key, or another batch
   */
  public List<byte[]> finish(Evaluation evaluation) {
    OprfException.require(evaluation.elements().size() == inputs.size());
    evaluation.verify(publicKey, blinded);
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> {
          var product = evaluation.elements().get(i).point();
          var inverse = blinds.get(i).modInverse(P256.ORDER);
          return OprfKey.output(inputs.get(i), product.multiply(inverse).normalize());
        })
        .toList();
  }

  @Override
  public String toString() {
    return "OprfClient[" + inputs.size() + " inputs]";
  }
}
