package dev.weir.aggregation.verify;

import dev.weir.dap.profile.PartyId;

/** What the rules that need no secret say to a report. */
public sealed interface Signed {
  /** A contributor of the task made it on the party's behalf, and in time. */
  record By(PartyId party) implements Signed {}

  record Refused(Reason reason) implements Signed {}
}
