package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.Collecting;
import dev.weir.aggregation.collect.CollectionDesk;
import dev.weir.aggregation.collect.HelperDesk;
import dev.weir.aggregation.collect.LaneMarkers;
import dev.weir.aggregation.collect.LaneShareIntake;
import dev.weir.aggregation.collect.LeaderDriver;
import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.collect.ShareWire;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.task.PostgresTaskStore;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.DapRole;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.Role;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
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

  /**
   * What surrounds it.
   *
   * @param planted whether its ledger forgets that a batch was released: a bug, to see it found
   */
  record Surroundings(
      ReleaseStage stage,
      DapRole role,
      Map<ContractId, LineageId> contracts,
      ShareWire wire,
      LaneMarkers markers,
      InstantSource clock,
      ReleasePoint.Probe probe,
      boolean planted) {}

  ReleaseProcess(Surroundings around, int lanes) {
    role = around.role();
    database = around.stage().connect(role);
    var service = ReleaseStage.name(role);
    var random = new SecureRandom();
    var evidence = new EvidenceLog(new Outbox(service, new OutboxSignal()), service);
    Ledger ledger = new PostgresLedger(evidence, around.clock());
    if (around.planted()) {
      ledger = ForgetfulLedger.over(ledger);
    }
    gate = new RehearsalGate(ledger, around.contracts());
    var store = new PostgresTaskStore(database);
    var tasks = new TaskBook(store);
    provisioning =
        new TaskProvisioning(
            database,
            store,
            tasks,
            gate,
            evidence,
            around.clock(),
            new TaskProvisioning.Place(role, address(role), lanes, RehearsalGate.BUNDLE));
    var means =
        new Collecting.Means(
            role,
            service,
            database,
            tasks,
            gate,
            ledger,
            evidence,
            random,
            around.clock(),
            RehearsalGate.BUNDLE,
            around.probe());
    var collecting = new Collecting(means, around.wire());
    intake = new LaneShareIntake(database);
    desk = collecting.desk(provisioning);
    driver = collecting.leader(around.markers());
    helper = collecting.helper();
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
