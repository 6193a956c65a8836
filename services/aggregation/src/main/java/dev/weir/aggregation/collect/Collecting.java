package dev.weir.aggregation.collect;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.kernel.CreditCode;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.sql.Database;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Puts the parts of collections together for one aggregator. */
public final class Collecting {
  private final Means means;
  private final DeskParts parts;

  /**
   * What an aggregator collects with.
   *
   * @param service its name, the actor of its leaves
   * @param random secret
   * @param bundle version of the policy bundle
   * @param probe {@link ReleasePoint.Probe#NONE} in a service
   */
  public record Means(
      DapRole role,
      String service,
      Database database,
      TaskBook tasks,
      UsageGate gate,
      DomainLedger ledger,
      EvidenceLog evidence,
      SecureRandom random,
      InstantSource clock,
      String bundle,
      ReleasePoint.Probe probe) {}

  /**
   * @param wire to the other aggregator
   */
  public Collecting(Means means, ShareWire wire) {
    this.means = means;
    var evidence = new CollectionEvidence(means.evidence(), means.service());
    var release =
        new ShareRelease(
            means.gate(),
            means.ledger(),
            new Noise(means.random()),
            new ShareSeal(means.role(), means.random()),
            evidence,
            means.clock(),
            means.probe());
    this.parts =
        new DeskParts(
            means.role(),
            means.database(),
            means.tasks(),
            release,
            evidence,
            new Peer(wire),
            means.clock(),
            means.bundle(),
            means.probe());
  }

  public LeaderDriver leader(LaneMarkers markers, LeaderBatches batches) {
    return new LeaderDriver(parts, markers, batches);
  }

  /**
   * @param markers through the helper's own lanes, for a foreign leader's batches
   * @param leader who has the broker's login of the leader
   */
  public HelperDesk helper(LaneMarkers markers, CreditCode leader) {
    return new HelperDesk(parts, markers, leader);
  }

  /**
   * @param markers through this aggregator's own lanes
   */
  public KeptSums sums(LaneMarkers markers) {
    return new KeptSums(parts, markers);
  }

  public ShareDesk shares(TaskProvisioning provisioning) {
    return new ShareDesk(means.database(), provisioning, parts::leaf, means.clock());
  }

  public CollectionDesk desk(TaskProvisioning provisioning, LeaderBatches batches) {
    return new CollectionDesk(means.database(), provisioning, batches, parts::leaf, means.clock());
  }
}
