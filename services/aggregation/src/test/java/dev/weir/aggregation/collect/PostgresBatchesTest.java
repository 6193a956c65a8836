package dev.weir.aggregation.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Which batch is next, and what of batches is forgotten, on a real database. */
class PostgresBatchesTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:30:00Z");
  private static final Failure MISMATCH =
      new Failure(ProblemType.DAP_BATCH_MISMATCH, "not the same reports");

  @Test
  void aBatchThatFails_waitsUntilOthersHadTheirTurn_andComesAgain() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.LEADER)) {
      var rehearsal = RehearsalTask.aTask().leaderSelected().make();
      database.asService(
          "test.batches",
          handle -> {
            setUp(handle, rehearsal);
            var task = rehearsal.task;
            var first = begin(handle, task, 1);
            var second = begin(handle, task, 2);
            var third = begin(handle, task, 3);
            assertThat(PostgresBatches.next(handle, task.id())).contains(first);
            // when
            fail(handle, task, first, 1);
            assertThat(PostgresBatches.next(handle, task.id())).contains(second);
            collect(handle, task, second, 2);
            assertThat(PostgresBatches.next(handle, task.id())).contains(third);
            fail(handle, task, third, 3);
            // then
            assertThat(PostgresBatches.next(handle, task.id())).contains(first);
            fail(handle, task, first, 4);
            assertThat(PostgresBatches.next(handle, task.id())).contains(third);
            collect(handle, task, third, 5);
            collect(handle, task, first, 6);
            assertThat(PostgresBatches.next(handle, task.id())).isEmpty();
            return true;
          });
    }
  }

  /** What lanes tell again after its end is not kept either. */
  @Test
  void exactSums_goWhenACollectionEnds_howeverItDoes() throws Exception {
    try (var stage = ReleaseStage.open();
        var database = stage.connect(DapRole.LEADER)) {
      var rehearsal = RehearsalTask.aTask().leaderSelected().make();
      var task = rehearsal.task;
      database.asService(
          "test.sums",
          handle -> {
            setUp(handle, rehearsal);
            var released = ask(handle, task, begin(handle, task, 1));
            var failed = ask(handle, task, begin(handle, task, 2));
            var underWay = ask(handle, task, begin(handle, task, 3));
            var refused = new CollectionId(UUID.randomUUID());
            var all = List.of(released, failed, underWay, refused);
            all.forEach(id -> tell(handle, task, id, 0));
            assertThat(all).allSatisfy(id -> assertThat(sums(handle, id)).isOne());
            // when
            PostgresCollectionStore.done(handle, released, Optional.empty(), AT);
            PostgresCollectionStore.fail(handle, failed, MISMATCH, AT);
            refuse(handle, task, refused);
            all.forEach(id -> tell(handle, task, id, 1));
            all.forEach(id -> tell(handle, task, id, 0));
            // then
            assertThat(sums(handle, underWay)).isEqualTo(2);
            assertThat(List.of(released, failed, refused))
                .allSatisfy(id -> assertThat(sums(handle, id)).isZero());
            return true;
          });
    }
  }

  private static void tell(Handle handle, AggregationTask task, CollectionId id, int lane) {
    handle
        .createUpdate(
            """
            insert into lane_shares (task_id, collection_id, kind, batch, lane, share)
            values (:task, :id, 'CLOSE', :batch, :lane, :share) on conflict do nothing
            """)
        .bind("task", task.id().bytes().toArray())
        .bind("id", id.value())
        .bind("batch", new byte[] {1})
        .bind("lane", lane)
        .bind("share", new byte[] {42})
        .execute();
  }

  private static int sums(Handle handle, CollectionId id) {
    return handle
        .createQuery(
            "select count(*) from lane_shares where collection_id = :id and length(share) > 0")
        .bind("id", id.value())
        .mapTo(Integer.class)
        .one();
  }

  private static void refuse(Handle handle, AggregationTask task, CollectionId id) {
    handle
        .createUpdate(
            """
            insert into leader_refusals (collection_id, task_id, refusal, at)
            values (:id, :task, :refusal, :at)
            """)
        .bind("id", id.value())
        .bind("task", task.id().bytes().toArray())
        .bind("refusal", new byte[] {1})
        .bind("at", AT)
        .execute();
  }

  private static void setUp(Handle handle, RehearsalTask rehearsal) {
    handle
        .createUpdate(
            """
            insert into tasks (task_id, configuration, terms, verify_key_seed, set_up_by, set_up_at)
            values (:id, :configuration, :terms, :seed, 'test', :at)
            """)
        .bind("id", rehearsal.task.id().bytes().toArray())
        .bind("configuration", rehearsal.task.configuration().encoded().toArray())
        .bind("terms", new String(Json.canonical(rehearsal.terms), StandardCharsets.UTF_8))
        .bind("seed", rehearsal.seed.toArray())
        .bind("at", AT)
        .execute();
  }

  private static BatchId begin(Handle handle, AggregationTask task, int number) {
    var batch = new BatchId(Bytes.owning(new byte[] {(byte) number}).sha256());
    PostgresBatches.begin(handle, task.id(), batch, AT);
    return batch;
  }

  private static CollectionId ask(Handle handle, AggregationTask task, BatchId batch) {
    var id = new CollectionId(UUID.randomUUID());
    PostgresCollectionStore.insert(
        handle,
        new CollectionRow(
            id,
            task.id(),
            CollectionJobReq.of(new Query.NextBatch()),
            new BatchSelector.OfBatch(batch),
            "test",
            false,
            Optional.empty(),
            State.COUNTING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false),
        AT);
    return id;
  }

  private static void fail(Handle handle, AggregationTask task, BatchId batch, int minute) {
    PostgresCollectionStore.fail(
        handle, ask(handle, task, batch), MISMATCH, AT.plusSeconds(60L * minute));
  }

  private static void collect(Handle handle, AggregationTask task, BatchId batch, int minute) {
    PostgresCollectionStore.done(
        handle, ask(handle, task, batch), Optional.empty(), AT.plusSeconds(60L * minute));
  }
}
