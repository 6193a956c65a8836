package dev.weir.aggregation.task;

import dev.weir.dap.DapRole;
import dev.weir.dap.id.TaskId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.sql.Database;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Sets tasks up at one aggregator, for good. Thread-safe. */
public final class TaskProvisioning {

  private final Database database;
  private final PostgresTaskStore store;
  private final TaskBook book;
  private final TaskContracts contracts;
  private final LaneTopics topics;
  private final EvidenceLog evidence;
  private final InstantSource clock;
  private final TaskStart start;
  private final Place place;

  /**
   * Which aggregator this is.
   *
   * @param role leader or helper
   * @param address the base URL that tasks name for it
   * @param lanes partitions of its topics
   * @param bundle version of the policy bundle
   */
  public record Place(DapRole role, URI address, int lanes, String bundle) {}

  public TaskProvisioning(
      Database database,
      PostgresTaskStore store,
      TaskBook book,
      TaskContracts contracts,
      LaneTopics topics,
      EvidenceLog evidence,
      InstantSource clock,
      TaskStart start,
      Place place) {
    this.database = database;
    this.store = store;
    this.book = book;
    this.contracts = contracts;
    this.topics = topics;
    this.evidence = evidence;
    this.clock = clock;
    this.start = start;
    this.place = place;
  }

  /** Sets the task up, or finds that it is. */
  public TaskView setUp(Caller caller, TaskDocument document) {
    var task = document.task();
    check(caller, task);
    if (book.find(task.id()).isEmpty()) {
      task.requireAhead(clock.instant());
      topics.require(task);
    }
    database.asService(
        "task.set-up",
        handle -> {
          if (store.insert(handle, task, document.seed(), caller.subject(), clock.instant())) {
            contracts.require(task, caller.subject());
            evidence.append(handle, leaf(caller, task), task.terms().collector());
          }
          return true;
        });
    start.started(task);
    return TaskView.of(task);
  }

  /** The tasks that the caller's party operates here or collects, the newest first. */
  public Page<TaskSummary> list(Caller caller, PageRequest page) {
    String role = place.role() == DapRole.LEADER ? "leader" : "helper";
    var found =
        database.asService("task.list", handle -> store.list(handle, role, caller.party(), page));
    var cut = Page.of(found, page, task -> task.id().toString());
    return new Page<>(cut.items().stream().map(TaskSummary::of).toList(), cut.next());
  }

  /**
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  public TaskView view(TaskId id) {
    return TaskView.of(known(id));
  }

  /**
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  public AggregationTask known(TaskId id) {
    return book.find(id)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.DAP_UNRECOGNIZED_TASK,
                "The task is not known here.",
                Map.of("taskid", id.toString())));
  }

  private void check(Caller caller, AggregationTask task) {
    boolean leads = place.role() == DapRole.LEADER;
    CreditCode operator = leads ? task.terms().leader() : task.terms().helper();
    TaskTerms.require(operator.equals(caller.party()), "the caller as operator of this aggregator");
    String address = leads ? task.configuration().leader() : task.configuration().helper();
    TaskTerms.require(
        address.equals(place.address().toString()), "this aggregator's address in its role");
    TaskTerms.require(task.lanes() == place.lanes(), "as many lanes as this aggregator has");
    task.requireCollectable();
  }

  private EvidenceRecord leaf(Caller caller, AggregationTask task) {
    var figures =
        new HashMap<>(
            Map.of(
                "configurationSha256", task.configuration().encoded().sha256().hex(),
                "termsSha256", task.terms().sha256().hex(),
                "verifyKeyCommitment", task.terms().verifyKeyCommitment(),
                "nanoRho", Long.toString(task.terms().nanoRho())));
    task.terms().robustness().ifPresent(lacking -> figures.put("robustness", lacking.label()));
    return EvidenceRecord.of(
        EvidenceKind.ADMINISTRATION,
        clock.instant(),
        caller.party(),
        caller.subject(),
        Operation.AGGREGATION_TASK_SET_UP,
        task.id().toString(),
        place.bundle(),
        figures);
  }
}
