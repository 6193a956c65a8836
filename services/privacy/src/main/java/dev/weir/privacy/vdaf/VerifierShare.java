package dev.weir.privacy.vdaf;

/** What one aggregator tells the others to verify a report; secret to outsiders. */
public final class VerifierShare extends OpaqueBytes {
  private VerifierShare(byte[] bytes) {
    super(bytes);
  }

  /** Takes the array over. */
  static VerifierShare own(byte[] bytes) {
    return new VerifierShare(bytes);
  }

  /** Copies the encoding, unchecked; its reader checks it. */
  public static VerifierShare of(byte[] bytes) {
    return new VerifierShare(bytes.clone());
  }
}
