package dev.weir.privacy.vdaf;

/** One aggregator's share of the sum over a batch; secret to the other one. */
public final class AggregateShare extends OpaqueBytes {
  private AggregateShare(byte[] bytes) {
    super(bytes);
  }

  /** Takes the array over, which holds canonical elements. */
  static AggregateShare own(byte[] bytes) {
    return new AggregateShare(bytes);
  }

  /** Copies the encoding; checked when it is used. */
  public static AggregateShare of(byte[] bytes) {
    return new AggregateShare(bytes.clone());
  }
}
