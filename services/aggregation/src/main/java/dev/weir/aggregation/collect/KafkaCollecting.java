package dev.weir.aggregation.collect;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.kernel.CreditCode;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.sql.Database;
import org.apache.kafka.clients.producer.Producer;

/** {@link Collecting} of a service over Kafka. */
public final class KafkaCollecting {
  private final Collecting collecting;
  private final LaneMarkers markers;

  /**
   * @param producer owned by the caller
   */
  public KafkaCollecting(
      DapRole role,
      ServiceEnvironment service,
      Database database,
      TaskBook tasks,
      UsageGate gate,
      DomainLedger ledger,
      Producer<byte[], byte[]> producer) {
    this.markers = new KafkaLaneMarkers(producer, ownLanes(role));
    var means =
        new Collecting.Means(
            role,
            service.serviceName(),
            database,
            tasks,
            gate,
            ledger,
            service.evidence(),
            service.random(),
            service.clock(),
            service.policy().bundleVersion(),
            ReleasePoint.Probe.NONE);
    this.collecting = new Collecting(means, new KafkaShareWire(producer));
  }

  /** Where this aggregator itself reaches its lanes. */
  private static String ownLanes(DapRole role) {
    return role == DapRole.LEADER ? AggregationTopics.REPORTS : AggregationTopics.JOBS;
  }

  public LeaderDriver leader(LeaderBatches batches) {
    return collecting.leader(markers, batches);
  }

  /**
   * @param leader who has the broker's login of the leader
   */
  public HelperDesk helper(CreditCode leader) {
    return collecting.helper(markers, leader);
  }

  public KeptSums sums() {
    return collecting.sums(markers);
  }

  public ShareDesk shares(TaskProvisioning provisioning) {
    return collecting.shares(provisioning);
  }

  public CollectionDesk desk(TaskProvisioning provisioning, LeaderBatches batches) {
    return collecting.desk(provisioning, batches);
  }
}
