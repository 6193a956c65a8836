package dev.weir.aggregation.job;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Jobs and what lanes told for them; every method works in the caller's transaction. */
final class PostgresJobStore {
  private static final int FORGOTTEN_AT_ONCE = 1_000;

  private PostgresJobStore() {}

  /**
   * One job.
   *
   * @param request the leader's bytes; empty once there is a response
   */
  record Job(JobId id, TaskId task, Bytes request, Optional<AggregationJobResp> response) {
    static Job of(TaskId task, Bytes request) {
      return new Job(JobId.random(), task, request, Optional.empty());
    }

    AggregationJobInitReq parsed() {
      return WireReader.whole(request, AggregationJobInitReq::read);
    }
  }

  /** The job that an equal request made, unless it was abandoned. */
  static Optional<Job> same(Handle handle, TaskId task, Bytes request) {
    return handle
        .createQuery(
            """
            select * from jobs
            where task_id = :task and request_sha256 = :digest and not abandoned
            """)
        .bind("task", task.bytes().toArray())
        .bind("digest", request.sha256().toArray())
        .map((row, context) -> job(row))
        .findOne();
  }

  /** False when an equal request was faster. */
  static boolean insert(Handle handle, Job job, Instant at) {
    return handle
            .createUpdate(
                """
                insert into jobs (job_id, task_id, request, request_sha256, made_at)
                values (:id, :task, :request, :digest, :at)
                on conflict (task_id, request_sha256) where not abandoned do nothing
                """)
            .bind("id", job.id().value())
            .bind("task", job.task().bytes().toArray())
            .bind("request", job.request().toArray())
            .bind("digest", job.request().sha256().toArray())
            .bind("at", at)
            .execute()
        == 1;
  }

  static Optional<Job> find(Handle handle, TaskId task, JobId id) {
    return handle
        .createQuery("select * from jobs where job_id = :id and task_id = :task and not abandoned")
        .bind("id", id.value())
        .bind("task", task.bytes().toArray())
        .map((row, context) -> job(row))
        .findOne();
  }

  /**
   * The oldest whose reports may not be in their lanes yet, for this instance alone as long as the
   * claim lasts.
   */
  static Optional<Job> claim(Handle handle, Duration claim) {
    return handle
        .createQuery(
            """
            update jobs set claimed_until = now() + make_interval(secs => :seconds)
            where job_id = (
              select job_id from jobs
              where not sent and response is null and (claimed_until is null or claimed_until < now())
              order by made_at limit 1 for update skip locked)
            returning *
            """)
        .bind("seconds", claim.toSeconds())
        .map((row, context) -> job(row))
        .findOne();
  }

  /** Whoever claimed it could not send it: others have their turn first. */
  static void giveBack(Handle handle, JobId id, Duration rest) {
    handle
        .createUpdate(
            "update jobs set claimed_until = now() + make_interval(secs => :rest) where job_id = :id")
        .bind("rest", rest.toSeconds())
        .bind("id", id.value())
        .execute();
  }

  static void sent(Handle handle, JobId id) {
    handle
        .createUpdate("update jobs set sent = true where job_id = :id")
        .bind("id", id.value())
        .execute();
  }

  static void abandon(Handle handle, JobId id) {
    handle
        .createUpdate("update jobs set abandoned = true where job_id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** The first answer stays: a report that is sent to its lane again is refused there. */
  static void answer(Handle handle, JobId id, VerifyResp answer) {
    handle
        .createUpdate(
            """
            insert into job_answers (job_id, report_id, answer)
            select job_id, :report, :answer from jobs where job_id = :id and response is null
            on conflict (job_id, report_id) do nothing
            """)
        .bind("id", id.value())
        .bind("report", answer.id().bytes().toArray())
        .bind("answer", answer.encoded().toArray())
        .execute();
  }

  /** What lanes said to reports of the job so far. */
  static Map<ReportId, VerifyResp> told(Handle handle, JobId id) {
    return handle
        .createQuery("select answer from job_answers where job_id = :id")
        .bind("id", id.value())
        .map((row, context) -> WireReader.whole(row.getBytes("answer"), VerifyResp::read))
        .list()
        .stream()
        .collect(Collectors.toMap(VerifyResp::id, Function.identity()));
  }

  /**
   * One answer to each report in the order of the request; empty until all are there. From then on
   * the reports are nowhere else than in the lanes' own memory.
   */
  static Optional<AggregationJobResp> answers(Handle handle, Job job) {
    if (job.response().isPresent()) {
      return job.response();
    }
    var told = told(handle, job.id());
    List<ReportId> asked =
        job.parsed().inits().stream().map(init -> init.share().metadata().id()).toList();
    if (!told.keySet().containsAll(asked)) {
      return Optional.empty();
    }
    var response = new AggregationJobResp(asked.stream().map(told::get).toList());
    complete(handle, job.id(), response);
    return Optional.of(response);
  }

  private static void complete(Handle handle, JobId id, AggregationJobResp response) {
    handle
        .createUpdate("update jobs set response = :response, request = '' where job_id = :id")
        .bind("response", response.encoded().toArray())
        .bind("id", id.value())
        .execute();
    handle
        .createUpdate("delete from job_answers where job_id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** Of which tasks there are jobs from before. */
  static List<TaskId> tasks(Handle handle, Instant before) {
    return handle
        .createQuery("select distinct task_id from jobs where made_at < :before")
        .bind("before", before)
        .map((row, context) -> new TaskId(Bytes.owning(row.getBytes("task_id"))))
        .list();
  }

  /**
   * Forgets jobs of a task that were sent, at most a thousand of them.
   *
   * @param before also by the database's clock: ours may jump
   * @param age how long ago that is
   * @return whether there may be more
   */
  static boolean forget(Handle handle, TaskId task, Instant before, Duration age) {
    var old =
        handle
            .createQuery(
                """
                select job_id from jobs
                where task_id = :task and (sent or response is not null)
                  and made_at < least(:before, now() - make_interval(secs => :age))
                limit :most
                """)
            .bind("task", task.bytes().toArray())
            .bind("before", before)
            .bind("age", age.toSeconds())
            .bind("most", FORGOTTEN_AT_ONCE)
            .mapTo(UUID.class)
            .list();
    for (UUID job : old) {
      handle.createUpdate("delete from job_answers where job_id = :id").bind("id", job).execute();
      handle.createUpdate("delete from jobs where job_id = :id").bind("id", job).execute();
    }
    return old.size() == FORGOTTEN_AT_ONCE;
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        new JobId(row.getObject("job_id", UUID.class)),
        new TaskId(Bytes.owning(row.getBytes("task_id"))),
        Bytes.owning(row.getBytes("request")),
        Optional.ofNullable(row.getBytes("response"))
            .map(bytes -> WireReader.whole(Bytes.owning(bytes), AggregationJobResp::read)));
  }
}
