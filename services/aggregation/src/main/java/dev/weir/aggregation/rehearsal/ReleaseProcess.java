package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.Collecting;
import dev.weir.aggregation.collect.CollectionDesk;
import dev.weir.aggregation.collect.DomainLedger;
import dev.weir.aggregation.collect.HelperDesk;
import dev.weir.aggregation.collect.KeptSums;
import dev.weir.aggregation.collect.LaneMarkers;
import dev.weir.aggregation.collect.LaneShareIntake;
import dev.weir.aggregation.collect.LeaderBatches;
import dev.weir.aggregation.collect.LeaderDriver;
import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.collect.ShareWire;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.task.PostgresTaskStore;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;

/**
 * What one aggregator's process knows of collections between its start and its death; what must
 * outlive it is in its database. Confined.
 */
final class ReleaseProcess implements AutoCloseable {
  final Database database;
  final CollectionDesk desk;
  private final DapRole role;
  private final RehearsalGate gate;
  private final TaskProvisioning provisioning;
  private final LaneShareIntake intake;
  private final LeaderDriver driver;
  private final HelperDesk helper;
  private final KeptSums sums;

  /** What surrounds it. */
  record Surroundings(
      ReleaseStage stage,
      DapRole role,
      DomainLedger ledger,
      ShareWire wire,
      LaneMarkers markers,
      InstantSource clock,
      ReleasePoint.Probe probe) {}

  ReleaseProcess(Surroundings around, int lanes) {
    role = around.role();
    database = around.stage().connect(role);
    var service = ReleaseStage.name(role);
    var random = new SecureRandom();
    var evidence = new EvidenceLog(new Outbox(service, new OutboxSignal()), service);
    gate = new RehearsalGate();
    var store = new PostgresTaskStore(database);
    var tasks = new TaskBook(store);
    provisioning =
        new TaskProvisioning(
            database,
            store,
            tasks,
            gate,
            new NoTopics(),
            evidence,
            around.clock(),
            task -> {},
            new TaskProvisioning.Place(role, address(role), lanes, RehearsalGate.BUNDLE));
    var means =
        new Collecting.Means(
            role,
            service,
            database,
            tasks,
            gate,
            around.ledger(),
            evidence,
            random,
            around.clock(),
            RehearsalGate.BUNDLE,
            around.probe());
    var collecting = new Collecting(means, around.wire());
    intake = new LaneShareIntake(database);
    var batches =
        new LeaderBatches(database, store, tasks, around.markers(), around.clock(), random);
    desk = collecting.desk(provisioning, batches);
    driver = collecting.leader(around.markers(), batches);
    helper = collecting.helper(around.markers(), RehearsalTask.LEADER);
    sums = collecting.sums(around.markers());
  }

  void setUp(TaskDocument document) {
    var operator = role == DapRole.LEADER ? RehearsalTask.LEADER : RehearsalTask.HELPER;
    provisioning.setUp(caller(operator, Role.OPERATOR), document);
  }

  void refuse(boolean wanted) {
    gate.refuse(wanted);
  }

  /** What its own thread does again and again. */
  void step() {
    if (role == DapRole.LEADER) {
      driver.step();
    } else {
      helper.step();
    }
    sums.step();
  }

  /** A message of the other aggregator. */
  void hear(LaneLog.Message message) {
    if (role == DapRole.LEADER) {
      driver.answered(message.key(), message.value());
    } else {
      helper.asked(message.key(), message.value());
    }
  }

  void take(LaneShare share) {
    intake.take(new byte[0], share.encoded().toArray());
  }

  static Caller collector() {
    return caller(RehearsalTask.COLLECTOR, Role.CONSUMER);
  }

  private static Caller caller(CreditCode party, Role plays) {
    return new Caller("rehearsal", "rehearsal", party, Set.of(plays));
  }

  private static URI address(DapRole role) {
    return URI.create("https://" + ReleaseStage.name(role) + ".example/dap/");
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
