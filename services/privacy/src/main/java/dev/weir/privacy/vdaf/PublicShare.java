package dev.weir.privacy.vdaf;

/** What every aggregator gets of a report: the joint randomness parts, or nothing. */
public final class PublicShare extends OpaqueBytes {
  private PublicShare(byte[] bytes) {
    super(bytes);
  }

  /** Takes the array over. */
  static PublicShare own(byte[] bytes) {
    return new PublicShare(bytes);
  }

  /** Copies the encoding, unchecked; its reader checks it. */
  public static PublicShare of(byte[] bytes) {
    return new PublicShare(bytes.clone());
  }
}
