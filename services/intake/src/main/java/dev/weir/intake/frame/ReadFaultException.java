package dev.weir.intake.frame;

/** A source as a whole cannot be read. Carries a code, never bytes of the source. */
public final class ReadFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReadFault fault;

  public ReadFaultException(ReadFault fault) {
    super(fault.name());
    this.fault = fault;
  }

  public ReadFaultException(ReadFault fault, Throwable cause) {
    super(fault.name(), cause);
    this.fault = fault;
  }

  public ReadFault fault() {
    return fault;
  }
}
