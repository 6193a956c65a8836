package dev.weir.dap.client;

import java.util.Locale;

/** What is wrong with an answer of which the aggregator itself says nothing. */
public enum AnswerFault {
  /** There was none. */
  UNREACHABLE,
  /** A collection began, and nobody said where to ask for it. */
  NO_LOCATION,
  /** The place to ask at is another server's, which would get our token. */
  FOREIGN_LOCATION,
  /** No key of a suite that we speak, or none that can be sealed to. */
  NO_USABLE_KEY,
  /** Something else than a message of DAP, as a proxy's own page. */
  NOT_DAP;

  /** Stable; stands where a problem of the aggregator's has its type. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
