package dev.weir.aggregation.collect;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.ledger.Ledger;
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
      Ledger ledger,
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
            means.database(),
            means.tasks(),
            release,
            evidence,
            new Peer(wire),
            means.clock(),
            means.bundle(),
            means.probe());
  }

  public LeaderDriver leader(LaneMarkers markers) {
    return new LeaderDriver(parts, markers);
  }

  public HelperDesk helper() {
    return new HelperDesk(parts);
  }

  public CollectionDesk desk(TaskProvisioning provisioning) {
    return new CollectionDesk(means.database(), provisioning, means.clock());
  }
}
