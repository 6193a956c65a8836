package dev.weir.privacy.vdaf;

/** One aggregator's share of a verified measurement; secret. */
public final class OutputShare extends OpaqueBytes {
  private OutputShare(byte[] bytes) {
    super(bytes);
  }

  /** Takes the array over, which holds canonical elements. */
  static OutputShare own(byte[] bytes) {
    return new OutputShare(bytes);
  }

  /** Copies what {@link #revealBytes} gave; checked when it is added up. */
  public static OutputShare of(byte[] bytes) {
    return new OutputShare(bytes.clone());
  }
}
