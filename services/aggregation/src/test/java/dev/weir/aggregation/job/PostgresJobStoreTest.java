package dev.weir.aggregation.job;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.job.PostgresJobStore.Job;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import dev.weir.dap.DapRole;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Two instances send a foreign leader's jobs to the lanes; each job is sent by one of them. */
class PostgresJobStoreTest {
  private static final Duration CLAIM = Duration.ofMinutes(3);
  private static final Duration AGE = Duration.ofHours(4);

  @Test
  void aJob_isSentByOneInstance_untilItGivesItBackOrItsClaimIsOver() throws Exception {
    try (var stage = ReleaseStage.open();
        var one = stage.connect(DapRole.HELPER);
        var other = stage.connect(DapRole.HELPER)) {
      var task = aTask().make().task.id();
      one.asService("task", handle -> task(handle, task));
      for (int i = 0; i < 4; i++) {
        var job = Job.of(task, Bytes.owning(new byte[] {(byte) i}));
        one.asService("job", handle -> PostgresJobStore.insert(handle, job, Instant.now()));
      }
      var claimed = new HashSet<JobId>();
      for (int i = 0; i < 2; i++) {
        assertThat(claimed.add(claim(one, CLAIM).orElseThrow().id())).isTrue();
        assertThat(claimed.add(claim(other, CLAIM).orElseThrow().id())).isTrue();
      }
      assertThat(claim(one, CLAIM)).isEmpty();

      var returned = claimed.iterator().next();
      giveBack(one, returned, CLAIM);
      assertThat(claim(other, CLAIM)).as("it rests").isEmpty();
      giveBack(one, returned, Duration.ZERO);
      assertThat(claim(other, Duration.ZERO).map(Job::id)).hasValue(returned);
      assertThat(claim(one, CLAIM).map(Job::id)).as("its claim is over").hasValue(returned);
      one.asService("sent", handle -> changed(() -> PostgresJobStore.sent(handle, returned)));
      assertThat(claim(other, CLAIM)).isEmpty();
    }
  }

  @Test
  void jobsOfTwoInstancesAtOnce_areClaimedOnce() throws Exception {
    int jobs = 40;
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER)) {
      var task = aTask().make().task.id();
      database.asService("task", handle -> task(handle, task));
      for (int i = 0; i < jobs; i++) {
        var job = Job.of(task, Bytes.owning(new byte[] {(byte) i}));
        database.asService("job", handle -> PostgresJobStore.insert(handle, job, Instant.now()));
      }
      var claimed =
          IntStream.range(0, 2 * jobs)
              .parallel()
              .mapToObj(i -> claim(database, CLAIM))
              .flatMap(Optional::stream)
              .map(Job::id)
              .toList();
      assertThat(claimed).hasSize(jobs).doesNotHaveDuplicates();
    }
  }

  @Test
  void reportsOfAJob_areForgottenWithItsLastAnswer_andTheJobWithItsReportsAge() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER)) {
      var task = aTask().make().task.id();
      var request =
          new AggregationJobInitReq(
              0, Bytes.EMPTY, List.of(), List.of(init((byte) 1), init((byte) 2)));
      var job = Job.of(task, request.encoded());
      database.asService(
          "job",
          handle -> task(handle, task) && PostgresJobStore.insert(handle, job, Instant.now()));
      answer(database, job, (byte) 2);
      Map<ReportId, VerifyResp> told =
          database.asService("told", handle -> PostgresJobStore.told(handle, job.id()));
      assertThat(told).containsOnlyKeys(report((byte) 2));
      assertThat(answers(database, job)).isEmpty();
      answer(database, job, (byte) 1);
      var response = answers(database, job);
      assertThat(response.orElseThrow().answers()).hasSize(2);

      var kept = database.asService("same", h -> PostgresJobStore.same(h, task, request.encoded()));
      assertThat(kept.orElseThrow().request()).isEqualTo(Bytes.EMPTY);
      assertThat(answers(database, kept.get())).isEqualTo(response);
      answer(database, job, (byte) 1); // comes again
      assertThat(rows(database, "job_answers")).isZero();
      assertThat(claim(database, CLAIM)).as("nothing of it is sent again").isEmpty();

      assertThat(tasks(database, Instant.now().minus(AGE))).isEmpty();
      assertThat(tasks(database, Instant.now())).containsExactly(task);
      made(database, Instant.now().minus(AGE).plusSeconds(60));
      forget(database, task, Instant.now());
      forget(database, task, Instant.now().plus(AGE));
      assertThat(rows(database, "jobs")).as("our clock was put ahead").isEqualTo(1);
      made(database, Instant.now().minus(AGE).minusSeconds(60));
      forget(database, task, Instant.now().minus(AGE));
      assertThat(rows(database, "jobs")).as("our clock was put back").isEqualTo(1);
      forget(database, task, Instant.now());
      assertThat(rows(database, "jobs")).isZero();
      assertThat(rows(database, "job_answers")).isZero();
    }
  }

  @Test
  void jobThatWaits_isNotForgotten_andManyAreInSteps() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER)) {
      var task = aTask().make().task.id();
      var waiting = Job.of(task, Bytes.owning(new byte[] {1}));
      database.asService(
          "jobs",
          handle ->
              task(handle, task)
                  && PostgresJobStore.insert(handle, waiting, Instant.EPOCH)
                  && handle.execute(
                          """
                          insert into jobs (job_id, task_id, request, request_sha256, made_at, sent)
                          select gen_random_uuid(), task_id, '', sha256(n::text::bytea), made_at, true
                          from jobs, generate_series(1, 1500) n
                          """)
                      == 1_500);
      assertThat(forget(database, task, Instant.now())).as("there are more").isTrue();
      assertThat(forget(database, task, Instant.now())).isFalse();
      assertThat(rows(database, "jobs")).isEqualTo(1);
      assertThat(claim(database, CLAIM).map(Job::id)).hasValue(waiting.id());
    }
  }

  private static ReportId report(byte number) {
    byte[] id = new byte[ReportId.LENGTH];
    id[0] = number;
    return new ReportId(Bytes.owning(id));
  }

  private static VerifyInit init(byte number) {
    var sealed = new HpkeCiphertext(1, Bytes.owning(new byte[1]), Bytes.owning(new byte[1]));
    var metadata = new ReportMetadata(report(number), 1, List.of());
    return new VerifyInit(
        new ReportShare(metadata, Bytes.EMPTY, sealed), Bytes.owning(new byte[1]));
  }

  private static void answer(Database database, Job job, byte number) {
    var answer = VerifyResp.Reject.of(report(number), ReportError.REPORT_REPLAYED);
    database.asService(
        "answer", handle -> changed(() -> PostgresJobStore.answer(handle, job.id(), answer)));
  }

  private static Optional<AggregationJobResp> answers(Database database, Job job) {
    return database.asService("answers", handle -> PostgresJobStore.answers(handle, job));
  }

  private static boolean forget(Database database, TaskId task, Instant now) {
    return database.asService(
        "forget", handle -> PostgresJobStore.forget(handle, task, now.minus(AGE), AGE));
  }

  private static List<TaskId> tasks(Database database, Instant before) {
    return database.asService("tasks", handle -> PostgresJobStore.tasks(handle, before));
  }

  private static void made(Database database, Instant at) {
    database.asService("made", handle -> handle.execute("update jobs set made_at = ?", at));
  }

  private static void giveBack(Database database, JobId job, Duration rest) {
    database.asService(
        "back", handle -> changed(() -> PostgresJobStore.giveBack(handle, job, rest)));
  }

  private static long rows(Database database, String table) {
    return database.asService(
        "rows",
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private static Optional<Job> claim(Database database, Duration claim) {
    return database.asService("claim", handle -> PostgresJobStore.claim(handle, claim));
  }

  private static boolean changed(Runnable change) {
    change.run();
    return true;
  }

  private static boolean task(Handle handle, TaskId id) {
    return handle
            .createUpdate(
                """
                insert into tasks (task_id, configuration, terms, verify_key_seed, set_up_by, set_up_at)
                values (:id, '', :terms, :seed, 'test', now())
                """)
            .bind("id", id.bytes().toArray())
            .bind("terms", "{}")
            .bind("seed", new byte[32])
            .execute()
        == 1;
  }
}
