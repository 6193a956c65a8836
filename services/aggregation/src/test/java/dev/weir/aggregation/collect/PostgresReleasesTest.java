package dev.weir.aggregation.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.collect.PostgresReleases.Charge;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.DapRole;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.LineageId;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** A task is collected as often as its terms say, whatever the contract's allotment still holds. */
class PostgresReleasesTest {
  private static final int ROUNDS = 2;
  private static final long NANO_RHO = 1_000;
  private static final Instant AT = Instant.parse("2026-11-20T10:30:00Z");
  private static final Bytes SHARE = Bytes.owning(new byte[] {7});

  private static final LineageId LINEAGE = LineageId.random();

  @Test
  void roundBeyondTheTerms_isNotCharged() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER)) {
      var rehearsal =
          RehearsalTask.aTask()
              .vectors(new VectorTerms(4, 2, 3, ROUNDS))
              .vdaf(new VdafConfiguration.SumVec(5, 24, 200))
              .nanoRho(NANO_RHO)
              .make();
      var task = rehearsal.task;
      database.asService(
          "test.rounds",
          handle -> {
            // given
            insert(handle, rehearsal);
            // when, then
            for (int round = 0; round < ROUNDS; round++) {
              assertThat(charge(handle, task, round, Long.MAX_VALUE)).isEqualTo(Charge.CHARGED);
            }
            assertThat(charge(handle, task, ROUNDS, Long.MAX_VALUE))
                .isEqualTo(Charge.NO_ROUND_LEFT);
            assertThat(PostgresReleases.noised(handle, batch(ROUNDS))).isEmpty();
            assertThat(PostgresReleases.noised(handle, batch(0))).as("retry").contains(SHARE);
            PostgresReleases.forget(handle, batch(0)); // its share never left
            assertThat(charge(handle, task, ROUNDS, ROUNDS * NANO_RHO - 1))
                .isEqualTo(Charge.NOT_COVERED);
            assertThat(charge(handle, task, ROUNDS, ROUNDS * NANO_RHO)).isEqualTo(Charge.CHARGED);
            PostgresReleases.forget(handle, batch(ROUNDS));
            assertThat(charge(handle, task, ROUNDS, LineageId.random(), NANO_RHO))
                .as("what another lineage spent is not its own")
                .isEqualTo(Charge.CHARGED);
            return true;
          });
    }
  }

  /** Each batch alone is covered, both are not: who is second sees what the first one charged. */
  @Test
  void twoChargesAtOnce_neverSpendMoreThanIsAllotted() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.HELPER);
        var threads = Executors.newSingleThreadExecutor()) {
      var rehearsal = RehearsalTask.aTask().nanoRho(NANO_RHO).make();
      var task = rehearsal.task;
      long allotted = 2 * NANO_RHO - 1;
      database.asService(
          "test.set-up",
          handle -> {
            insert(handle, rehearsal);
            return true;
          });
      var begun = new CountDownLatch(1);
      var second = new AtomicReference<Future<Charge>>();
      var first =
          database.asService(
              "test.first",
              handle -> {
                var charged = charge(handle, task, 0, allotted);
                second.set(
                    threads.submit(() ->
                        database.asService(
                            "test.second",
                            other -> {
                              begun.countDown();
                              return charge(other, task, 1, allotted);
                            })));
                await(begun);
                // the first transaction is still open: a second one that does not wait is over soon
                assertThatThrownBy(() -> second.get().get(1, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
                return charged;
              });
      assertThat(first).isEqualTo(Charge.CHARGED);
      assertThat(second.get().get()).isEqualTo(Charge.NOT_COVERED);
    }
  }

  private static void await(CountDownLatch begun) {
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Handle handle, RehearsalTask rehearsal) {
    var task = rehearsal.task;
    handle
        .createUpdate(
            """
            insert into tasks
              (task_id, configuration, terms, verify_key_seed, set_up_by, set_up_at)
            values (:id, :configuration, :terms, :seed, 'test', :at)
            """)
        .bind("id", task.id().bytes().toArray())
        .bind("configuration", task.configuration().encoded().toArray())
        .bind("terms", new String(Json.canonical(task.terms()), StandardCharsets.UTF_8))
        .bind("seed", rehearsal.seed.toArray())
        .bind("at", AT)
        .execute();
  }

  private static Charge charge(Handle handle, AggregationTask task, int round, long allotted) {
    return charge(handle, task, round, LINEAGE, allotted);
  }

  private static Charge charge(
      Handle handle, AggregationTask task, int round, LineageId lineage, long allotted) {
    return PostgresReleases.charge(handle, task, batch(round), SHARE, lineage, allotted, AT);
  }

  private static Bytes batch(int round) {
    return Bytes.owning(new byte[] {(byte) round}).sha256();
  }
}
