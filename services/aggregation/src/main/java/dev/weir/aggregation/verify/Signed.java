package dev.weir.aggregation.verify;

import dev.weir.dap.profile.ContributorId;

/** What the rules that need no secret say to a report. */
public sealed interface Signed {
  /** It is one of the task's contributors' own, and in time. */
  record By(ContributorId contributor) implements Signed {}

  record Refused(Reason reason) implements Signed {}
}
