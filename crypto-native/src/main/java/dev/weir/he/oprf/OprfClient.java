package dev.weir.he.oprf;

import dev.weir.he.SecretAccess;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bouncycastle.util.BigIntegers;

/** One batch of a client's inputs, blinded. Secret; immutable, thread-safe. */
public final class OprfClient {
  private static final int BLIND_BYTES = 32;

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

  /**
   * The same batch again, for a client that was gone before the server answered.
   *
   * @param publicKey and inputs as they were
   * @param blinds as {@link #revealBlinds} gave them
   * @throws OprfException when there are not as many blinds, or one is none
   */
  public static OprfClient resumed(Element publicKey, List<byte[]> inputs, List<byte[]> blinds) {
    OprfException.require(inputs.size() == blinds.size());
    return with(publicKey, inputs, blinds.stream().map(OprfClient::blind).toList());
  }

  private static BigInteger blind(byte[] bytes) {
    var blind = new BigInteger(1, bytes);
    OprfException.require(
        bytes.length == BLIND_BYTES && blind.signum() > 0 && blind.compareTo(P256.ORDER) < 0);
    return blind;
  }

  /**
   * The blinds, 32 bytes each, in the order of the inputs. With them whoever saw the batch and its
   * evaluation can test what the inputs were.
   */
  public List<byte[]> revealBlinds(SecretAccess access) {
    Objects.requireNonNull(access);
    return blinds.stream()
        .map(blind -> BigIntegers.asUnsignedByteArray(BLIND_BYTES, blind))
        .toList();
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
