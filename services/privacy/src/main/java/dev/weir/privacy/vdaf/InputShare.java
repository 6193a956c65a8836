package dev.weir.privacy.vdaf;

/** One aggregator's share of a measurement with its share of the proof; secret. */
public final class InputShare extends OpaqueBytes {
  private InputShare(byte[] bytes) {
    super(bytes);
  }

  /** Takes the array over. */
  static InputShare own(byte[] bytes) {
    return new InputShare(bytes);
  }

  /** Copies the encoding, unchecked; its reader checks it. */
  public static InputShare of(byte[] bytes) {
    return new InputShare(bytes.clone());
  }
}
