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
  private static final long AGE_SECONDS = 7_200;

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
      one.asService("back", handle -> changed(() -> PostgresJobStore.giveBack(handle, returned)));
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

      forget(database, Instant.now().plusSeconds(2 * AGE_SECONDS - 60));
      assertThat(rows(database, "jobs")).isEqualTo(1);
      forget(database, Instant.now().plusSeconds(2 * AGE_SECONDS + 60));
      assertThat(rows(database, "jobs")).isZero();
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

  private static void forget(Database database, Instant now) {
    database.asService("forget", handle -> changed(() -> PostgresJobStore.forgetOld(handle, now)));
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
            .bind("terms", "{\"maxReportAgeSeconds\": " + AGE_SECONDS + "}")
            .bind("seed", new byte[32])
            .execute()
        == 1;
  }
}
