package dev.weir.space.domain;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ResourceId;
import dev.weir.space.change.Hand;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A resource's place on the prohibited list: one security administrator proposes a change, another
 * approves it. Immutable.
 *
 * @param listed whether the resource may not be authorised now
 * @param reason of the change in force
 */
public record Prohibition(
    ResourceId resourceId,
    IdentificationCode code,
    CreditCode provider,
    long version,
    boolean listed,
    Optional<String> reason,
    Optional<Pending> pending) {

  /** A change that waits for the second person. */
  public record Pending(boolean listed, String reason, Hand by) {}

  static Prohibition propose(
      ResourceId id, IdentificationCode code, CreditCode provider, Pending pending) {
    return new Prohibition(id, code, provider, 0, false, Optional.empty(), Optional.empty())
        .propose(pending);
  }

  Prohibition propose(Pending change) {
    if (change.listed() == listed) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "The list already says so; there is nothing to change.");
    }
    return new Prohibition(
        resourceId, code, provider, version + 1, listed, reason, Optional.of(change));
  }

  Prohibition approve(Hand by) {
    var change =
        pending.orElseThrow(
            () -> new ProblemException(ProblemType.WRONG_STATE, "No change waits for approval."));
    by.otherThan(Stream.of(change.by()));
    return new Prohibition(
        resourceId,
        code,
        provider,
        version + 1,
        change.listed(),
        Optional.of(change.reason()),
        Optional.empty());
  }
}
