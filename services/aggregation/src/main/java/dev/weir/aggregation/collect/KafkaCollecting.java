package dev.weir.aggregation.collect;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.ledger.Ledger;
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
      Ledger ledger,
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

  public LeaderDriver leader() {
    return collecting.leader(new KafkaLaneMarkers(producer));
  }

  public HelperDesk helper() {
    return collecting.helper();
  }

  public CollectionDesk desk(TaskProvisioning provisioning) {
    return collecting.desk(provisioning);
  }
}
