package dev.weir.aggregation.job;

import dev.weir.aggregation.job.PostgresJobStore.Job;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.AggregationJobContinueReq;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The helper's desk for a foreign leader's jobs. A job is stored before it is answered and sent to
 * the lanes as often as it takes; each report is decided on once. Thread-safe.
 */
public final class AggregationJobs {
  /** Longer than a broker may take for a job. */
  private static final Duration CLAIM = Duration.ofMinutes(3);

  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final TaskProvisioning tasks;
  private final KafkaJobLanes lanes;
  private final InstantSource clock;
  private volatile Instant lastForgetting = Instant.EPOCH;

  public AggregationJobs(
      Database database, TaskProvisioning tasks, KafkaJobLanes lanes, InstantSource clock) {
    this.database = database;
    this.tasks = tasks;
    this.lanes = lanes;
    this.clock = clock;
  }

  /** A job, and its answer once every report is decided on. */
  public record State(JobId id, Optional<AggregationJobResp> answer) {}

  /**
   * Begins a job, or finds the one that the same bytes began.
   *
   * @throws ProblemException with the error that DAP has for it
   */
  public State begin(Caller caller, TaskId id, Bytes body) {
    var task = own(caller, id);
    var known = database.asService("job.same", h -> PostgresJobStore.same(h, id, body));
    if (known.isPresent()) {
      return state(known.get());
    }
    JobRules.check(task, WireReader.whole(body, AggregationJobInitReq::read));
    return state(stored(id, body));
  }

  private Job stored(TaskId task, Bytes body) {
    return database.asService(
        "job.begin",
        handle -> {
          var made = Job.of(task, body);
          return PostgresJobStore.insert(handle, made, clock.instant())
              ? made
              : PostgresJobStore.same(handle, task, body).orElseThrow();
        });
  }

  /**
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_AGGREGATION_JOB}
   */
  public State read(Caller caller, TaskId task, JobId id) {
    own(caller, task);
    return state(find(task, id));
  }

  /** Prio3 has one round: whatever goes on with a job of ours is a mistake. */
  public State proceed(Caller caller, TaskId task, JobId id, AggregationJobContinueReq request) {
    own(caller, task);
    find(task, id);
    boolean next = request.step() == 1 && !request.reports().isEmpty();
    throw problem(
        next || request.step() == 0
            ? ProblemType.DAP_INVALID_MESSAGE
            : ProblemType.DAP_STEP_MISMATCH,
        "No report of the job waits for another step.",
        task);
  }

  /** Forgets the answer; what was counted stays counted. */
  public void abandon(Caller caller, TaskId task, JobId id) {
    own(caller, task);
    var job = find(task, id);
    note("job.abandon", handle -> PostgresJobStore.abandon(handle, job.id()));
  }

  /**
   * Sends what waits to the lanes; one that another instance is sending is left to it. Of one that
   * was sent in part before only the reports that no lane has answered.
   */
  public void step() {
    var job = claimed();
    while (job.isPresent()) {
      send(job.get());
      job = claimed();
    }
    var now = clock.instant();
    if (Duration.between(lastForgetting, now).abs().compareTo(FORGET_EVERY) > 0) {
      database
          .asService("job.tasks", handle -> PostgresJobStore.tasks(handle, now))
          .forEach(task -> forget(tasks.known(task), now));
      lastForgetting = now;
    }
  }

  /** Jobs of which every report is too old by now: sent again, all would be refused for that. */
  private void forget(AggregationTask task, Instant now) {
    var age =
        Duration.ofSeconds(2 * task.terms().maxReportAgeSeconds())
            .plusSeconds(task.terms().clockSkewSeconds())
            .plusSeconds(task.configuration().timePrecisionSeconds());
    boolean more = true;
    while (more) {
      more =
          database.asService(
              "job.forget",
              handle -> PostgresJobStore.forget(handle, task.id(), now.minus(age), age));
    }
  }

  private Optional<Job> claimed() {
    return database.asService("job.claim", handle -> PostgresJobStore.claim(handle, CLAIM));
  }

  private void send(Job job) {
    AggregationTask task = tasks.known(job.task());
    var told = database.asService("job.told", handle -> PostgresJobStore.told(handle, job.id()));
    var waiting =
        job.parsed().inits().stream()
            .filter(init -> !told.containsKey(init.share().metadata().id()))
            .toList();
    try {
      lanes.send(task, job.id(), job.parsed(), waiting);
    } catch (ProblemException unavailable) {
      note("job.not-sent", handle -> PostgresJobStore.giveBack(handle, job.id(), REST));
      throw unavailable;
    }
    note("job.sent", handle -> PostgresJobStore.sent(handle, job.id()));
  }

  private void note(String name, Consumer<Handle> change) {
    database.asService(
        name,
        handle -> {
          change.accept(handle);
          return true;
        });
  }

  /** Takes what a lane says to a report. */
  void answered(JobId job, VerifyResp answer) {
    note("job.answered", handle -> PostgresJobStore.answer(handle, job, answer));
  }

  private State state(Job job) {
    return new State(
        job.id(), database.asService("job.read", h -> PostgresJobStore.answers(h, job)));
  }

  private Job find(TaskId task, JobId id) {
    return database
        .asService("job.find", handle -> PostgresJobStore.find(handle, task, id))
        .orElseThrow(() ->
            problem(
                ProblemType.DAP_UNRECOGNIZED_AGGREGATION_JOB, "The job is not known here.", task));
  }

  /**
   * The task; another's answers like an unknown one.
   *
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  AggregationTask own(Caller caller, TaskId id) {
    var task = tasks.known(id);
    if (!task.terms().leader().equals(caller.party())) {
      throw problem(ProblemType.DAP_UNRECOGNIZED_TASK, "The task is not known here.", id);
    }
    return task;
  }

  private static ProblemException problem(ProblemType type, String detail, TaskId task) {
    return new ProblemException(type, detail, Map.of("taskid", task.toString()));
  }
}
