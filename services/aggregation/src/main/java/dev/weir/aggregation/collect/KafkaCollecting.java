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
  private final Producer<byte[], byte[]> producer;

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
    this.producer = producer;
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

  public LeaderDriver leader(LeaderBatches batches) {
    return collecting.leader(new KafkaLaneMarkers(producer, AggregationTopics.REPORTS), batches);
  }

  /**
   * @param markers through the helper's own lanes
   * @param leader who has the broker's login of the leader
   */
  public HelperDesk helper(LaneMarkers markers, CreditCode leader) {
    return collecting.helper(markers, leader);
  }

  public ShareDesk shares(TaskProvisioning provisioning) {
    return collecting.shares(provisioning);
  }

  public CollectionDesk desk(TaskProvisioning provisioning, LeaderBatches batches) {
    return collecting.desk(provisioning, batches);
  }
}
