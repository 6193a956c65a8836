package dev.weir.aggregation.verify;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The rules over a report's public part, the same at both aggregators: neither takes the other's
 * word for any of them. Thread-safe.
 */
public final class ReportRules {
  private final InstantSource clock;
  private final SignatureCheck signatures;

  public ReportRules(InstantSource clock) {
    this(clock, new PreparedKeys());
  }

  /**
   * @param signatures says the same as {@link Contributor#signed}
   */
  public ReportRules(InstantSource clock, SignatureCheck signatures) {
    this.clock = clock;
    this.signatures = signatures;
  }

  /**
   * @param lane where the report arrived; a report in another lane than its id's and its party's
   *     would escape what is remembered there
   */
  public Signed check(AggregationTask task, ReportMetadata report, Bytes publicShare, int lane) {
    return time(task, report.time())
        .<Signed>map(Signed.Refused::new)
        .orElseGet(() -> origin(task, report, publicShare, lane));
  }

  /** Empty while a report of this time may be counted. */
  public Optional<Reason> time(AggregationTask task, long time) {
    return time(task, time, task.terms().maxReportAgeSeconds());
  }

  /**
   * Empty while a report of this time may be taken. It is judged again in a lane of each
   * aggregator, and still counts there after an outage of {@link
   * dev.weir.aggregation.task.TaskTerms#outageSeconds}.
   */
  public Optional<Reason> timeAtUpload(AggregationTask task, long time) {
    var terms = task.terms();
    return time(task, time, terms.maxReportAgeSeconds() - terms.outageSeconds());
  }

  private Optional<Reason> time(AggregationTask task, long time, long greatestAgeSeconds) {
    Instant now = clock.instant();
    long skew = task.terms().clockSkewSeconds();
    long latest = task.units(now.plusSeconds(skew).getEpochSecond());
    long oldest = task.units(Math.max(0, now.minusSeconds(greatestAgeSeconds).getEpochSecond()));
    if (Long.compareUnsigned(time, latest) > 0) {
      return Optional.of(Reason.TOO_EARLY);
    }
    if (Long.compareUnsigned(time, oldest) < 0) {
      return Optional.of(Reason.TOO_OLD);
    }
    return task.configuration().interval().flatMap(interval -> outside(interval, time));
  }

  /**
   * Empty when the report claims to be of one of the task's contributors. Whether it is, only
   * {@link #check} says; this costs a look-up, and keeps strangers from filling the lanes.
   */
  public Optional<Reason> claim(AggregationTask task, ReportMetadata report) {
    return switch (claimed(task, report.publicExtensions())) {
      case Claim.Of of -> Optional.empty();
      case Claim.Refused(Reason reason) -> Optional.of(reason);
    };
  }

  private static Optional<Reason> outside(TimeInterval interval, long time) {
    if (Long.compareUnsigned(time, interval.start()) < 0) {
      return Optional.of(Reason.TASK_NOT_STARTED);
    }
    return interval.contains(time) ? Optional.empty() : Optional.of(Reason.TASK_EXPIRED);
  }

  private Signed origin(AggregationTask task, ReportMetadata report, Bytes publicShare, int lane) {
    return switch (claimed(task, report.publicExtensions())) {
      case Claim.Of(Contributor contributor, ContributorProof proof) ->
          origin(task, report, publicShare, lane, contributor, proof);
      case Claim.Refused(Reason reason) -> new Signed.Refused(reason);
    };
  }

  /** In whose name a report comes. */
  private sealed interface Claim {
    record Of(Contributor contributor, ContributorProof proof) implements Claim {}

    record Refused(Reason reason) implements Claim {}
  }

  private static Claim claimed(AggregationTask task, List<Extension> extensions) {
    var data = Extension.find(extensions, ContributorProof.EXTENSION);
    if (data.isEmpty()) {
      return new Claim.Refused(extensions.isEmpty() ? Reason.NOT_SIGNED : Reason.EXTENSION_REFUSED);
    }
    var proof = extensions.size() == 1 ? proof(data.get()) : Optional.<ContributorProof>empty();
    if (proof.isEmpty()) {
      return new Claim.Refused(Reason.EXTENSION_REFUSED);
    }
    return task.contributor(proof.get().contributor())
        .<Claim>map(contributor -> new Claim.Of(contributor, proof.get()))
        .orElseGet(() -> new Claim.Refused(Reason.UNKNOWN_CONTRIBUTOR));
  }

  private Signed origin(
      AggregationTask task,
      ReportMetadata report,
      Bytes publicShare,
      int lane,
      Contributor contributor,
      ContributorProof proof) {
    PartyId party = contributor.partyId();
    if (Lane.of(task.id(), report.id(), task.lanes()) != lane
        || Lane.of(task.id(), party, task.lanes()) != lane) {
      return refused(Reason.WRONG_LANE);
    }
    Bytes statement =
        ContributorProof.statement(
            task.id(), report.id(), report.time(), publicShare, proof.helperShare());
    return signatures.signed(contributor, statement, proof.signature())
        ? new Signed.By(party)
        : refused(Reason.BAD_SIGNATURE);
  }

  /** Whether the helper's share is the one that the contributor signed. */
  static boolean isSigned(ReportMetadata report, Bytes helperShare) {
    return Extension.find(report.publicExtensions(), ContributorProof.EXTENSION)
        .flatMap(ReportRules::proof)
        .filter(proof -> proof.isOf(helperShare))
        .isPresent();
  }

  private static Optional<ContributorProof> proof(Bytes data) {
    try {
      return Optional.of(WireReader.whole(data, ContributorProof::read));
    } catch (ProblemException malformed) {
      return Optional.empty();
    }
  }

  private static Signed refused(Reason reason) {
    return new Signed.Refused(reason);
  }
}
