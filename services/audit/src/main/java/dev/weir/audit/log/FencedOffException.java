package dev.weir.audit.log;

/** Another sequencer has taken over; this one must stop. */
public final class FencedOffException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FencedOffException(long epoch) {
    super("epoch " + epoch + " of the sequencer has ended");
  }
}
