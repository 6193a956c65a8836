package dev.weir.privacy.vdaf;

/** What the verifier shares of a report amount to: the joint randomness seed, or nothing. */
public final class VerifierMessage extends OpaqueBytes {
  private VerifierMessage(byte[] bytes) {
    super(bytes);
  }

  /** Takes the array over. */
  static VerifierMessage own(byte[] bytes) {
    return new VerifierMessage(bytes);
  }

  /** Copies the encoding, unchecked; its reader checks it. */
  public static VerifierMessage of(byte[] bytes) {
    return new VerifierMessage(bytes.clone());
  }
}
