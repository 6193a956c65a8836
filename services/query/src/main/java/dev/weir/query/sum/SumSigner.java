package dev.weir.query.sum;

/** Signs with the private key of one {@link SumParty}; thread-safe. */
@FunctionalInterface
public interface SumSigner {
  /** The signature over the bytes exactly as they stand, base64. */
  String sign(byte[] message);
}
