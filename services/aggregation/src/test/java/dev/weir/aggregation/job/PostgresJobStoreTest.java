package dev.weir.aggregation.job;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.job.PostgresJobStore.Job;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import dev.weir.dap.DapRole;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Two instances send a foreign leader's jobs to the lanes; each job is sent by one of them. */
class PostgresJobStoreTest {
  private static final Duration CLAIM = Duration.ofMinutes(3);

  @Test
  void aJob_isSentByOneInstance_untilItGivesItBackOrItsClaimIsOver() throws Exception {
    try (var stage = ReleaseStage.open();
        var one = stage.connect(DapRole.HELPER);
        var other = stage.connect(DapRole.HELPER)) {
      var task = aTask().make().task.id();
      one.asService("task", handle -> task(handle, task));
      for (int i = 0; i < 4; i++) {
        var job = new Job(JobId.random(), task, Bytes.owning(new byte[] {(byte) i}));
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
        var job = new Job(JobId.random(), task, Bytes.owning(new byte[] {(byte) i}));
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
  void whatLanesSaid_isKnownOfAJobThatIsSentAgain() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER)) {
      var task = aTask().make().task.id();
      var job = new Job(JobId.random(), task, Bytes.owning(new byte[1]));
      var report = new ReportId(Bytes.owning(new byte[ReportId.LENGTH]));
      var answer = VerifyResp.Reject.of(report, ReportError.REPORT_REPLAYED);
      var told =
          database.asService(
              "job",
              handle -> {
                task(handle, task);
                PostgresJobStore.insert(handle, job, Instant.now());
                PostgresJobStore.answer(handle, job.id(), answer);
                return PostgresJobStore.told(handle, job.id());
              });
      assertThat(told).containsOnlyKeys(report).containsValue(answer);
    }
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
                values (:id, '', '', :seed, 'test', now())
                """)
            .bind("id", id.bytes().toArray())
            .bind("seed", new byte[32])
            .execute()
        == 1;
  }
}
