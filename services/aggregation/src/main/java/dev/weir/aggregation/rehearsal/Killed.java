package dev.weir.aggregation.rehearsal;

/** Ends whatever an aggregator was doing; no code of the service catches it. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed by the rehearsal", null, false, false);
  }
}
