package dev.weir.aggregation.collect;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.sql.Database;
import org.apache.kafka.clients.producer.Producer;

/** Puts the parts of collections together for one aggregator. */
public final class KafkaCollecting {
  private final ServiceEnvironment service;
  private final Database database;
  private final TaskBook tasks;
  private final ShareRelease release;
  private final CollectionEvidence evidence;
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
    this.service = service;
    this.database = database;
    this.tasks = tasks;
    this.producer = producer;
    this.evidence = new CollectionEvidence(service.evidence(), service.serviceName());
    this.release =
        new ShareRelease(
            gate,
            ledger,
            new Noise(service.random()),
            new ShareSeal(role, service.random()),
            evidence,
            service.clock());
  }

  public LeaderDriver leader() {
    return new LeaderDriver(
        database,
        tasks,
        release,
        evidence,
        new KafkaLaneMarkers(producer),
        new KafkaPeer(producer),
        service.clock(),
        service.policy().bundleVersion());
  }

  public HelperDesk helper() {
    return new HelperDesk(
        database,
        tasks,
        release,
        evidence,
        new KafkaPeer(producer),
        service.clock(),
        service.policy().bundleVersion());
  }

  public CollectionDesk desk(TaskProvisioning provisioning) {
    return new CollectionDesk(database, provisioning, service.clock());
  }
}
