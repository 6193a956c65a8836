package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Collections and what lanes told for them; every method works in the caller's transaction. */
final class PostgresCollectionStore {
  private PostgresCollectionStore() {}

  /** Two collections of one task are made one after the other. */
  static void lockTask(Handle handle, TaskId task) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:task, 0))::text")
        .bind("task", task.toString())
        .mapTo(String.class)
        .one();
  }

  static void insert(Handle handle, CollectionRow row, Instant at) {
    handle
        .createUpdate(
            """
            insert into collections (collection_id, task_id, request, batch, asked_by, over_http,
              asked_reports, asked_checksum, state, made_at)
            values (:id, :task, :request, :batch, :askedBy, :overHttp, :reports, :checksum, :state, :at)
            """)
        .bind("id", row.id().value())
        .bind("task", row.task().bytes().toArray())
        .bind("request", row.request().encoded().toArray())
        .bind("batch", row.batch().encoded().toArray())
        .bind("askedBy", row.askedBy())
        .bind("overHttp", row.overHttp())
        .bind("reports", row.asked().map(CollectionRow.Asked::reports).orElse(null))
        .bind("checksum", row.asked().map(asked -> asked.checksum().toArray()).orElse(null))
        .bind("state", row.state().name())
        .bind("at", at)
        .execute();
  }

  /** Empty also for one that was abandoned: nobody is told of it. */
  static Optional<CollectionRow> find(Handle handle, CollectionId id) {
    return any(handle, id).filter(row -> !row.abandoned());
  }

  /** Abandoned or not. */
  static Optional<CollectionRow> any(Handle handle, CollectionId id) {
    return handle
        .createQuery("select * from collections where collection_id = :id")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Abandoned or not, once nobody else works on it. */
  static Optional<CollectionRow> await(Handle handle, CollectionId id) {
    return handle
        .createQuery("select * from collections where collection_id = :id for update")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Empty when another instance works on it. */
  static Optional<CollectionRow> lock(Handle handle, CollectionId id) {
    return handle
        .createQuery("select * from collections where collection_id = :id for update skip locked")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** What a collection has of a task, without its shares. */
  record Standing(CollectionId id, BatchSelector batch, State state) {}

  /** Those that have not failed, abandoned ones too: what was collected stays collected. */
  static List<Standing> standing(Handle handle, TaskId task) {
    return handle
        .createQuery(
            """
            select collection_id, batch, state from collections
            where task_id = :task and state <> 'FAILED'
            """)
        .bind("task", task.bytes().toArray())
        .map((row, context) ->
            new Standing(
                new CollectionId(row.getObject("collection_id", UUID.class)),
                WireReader.whole(row.getBytes("batch"), BatchSelector::read),
                State.valueOf(row.getString("state"))))
        .list();
  }

  /** The collection that an equal request made, unless it failed or was abandoned. */
  static Optional<CollectionRow> same(Handle handle, TaskId task, CollectionJobReq request) {
    return handle
        .createQuery(
            """
            select * from collections
            where task_id = :task and request = :request and state <> 'FAILED' and not abandoned
            """)
        .bind("task", task.bytes().toArray())
        .bind("request", request.encoded().toArray())
        .map((row, context) -> read(row))
        .findFirst();
  }

  /**
   * The same for a foreign leader's request, all of which must be equal; one that it deleted
   * counts, for the batch may have been released under it.
   */
  static Optional<CollectionRow> same(Handle handle, TaskId task, AggregateShareReq request) {
    return handle
        .createQuery(
            """
            select * from collections
            where task_id = :task and request = :request and batch = :batch
              and asked_reports = :reports and asked_checksum = :checksum
              and over_http and state <> 'FAILED'
            """)
        .bind("task", task.bytes().toArray())
        .bind("request", request.collection().encoded().toArray())
        .bind("batch", request.selector().encoded().toArray())
        .bind("reports", request.reports())
        .bind("checksum", request.checksum().toArray())
        .map((row, context) -> read(row))
        .findFirst();
  }

  static List<CollectionId> active(Handle handle) {
    return handle
        .createQuery(
            """
            select collection_id from collections
            where state in ('COUNTING', 'CLOSING', 'CHARGING', 'ASKING', 'REOPENING')
            order by made_at
            """)
        .mapTo(UUID.class)
        .map(CollectionId::new)
        .list();
  }

  static void enter(Handle handle, CollectionId id, State state) {
    handle
        .createUpdate(
            "update collections set state = :state, sent_at = null where collection_id = :id")
        .bind("state", state.name())
        .bind("id", id.value())
        .execute();
  }

  static void sent(Handle handle, CollectionId id, Instant at) {
    handle
        .createUpdate("update collections set sent_at = :at where collection_id = :id")
        .bind("at", at)
        .bind("id", id.value())
        .execute();
  }

  static void result(Handle handle, CollectionId id, CollectionRow.Result result) {
    handle
        .createUpdate(
            """
            update collections set reports = :reports, first_time = :first, last_time = :last,
              own_share = :share
            where collection_id = :id
            """)
        .bind("reports", result.reports())
        .bind("first", result.first())
        .bind("last", result.last())
        .bind("share", result.share().toArray())
        .bind("id", id.value())
        .execute();
  }

  static void done(Handle handle, CollectionId id, Optional<Bytes> helperShare, Instant at) {
    handle
        .createUpdate(
            """
            update collections set state = 'DONE', helper_share = :share, ended_at = :at
            where collection_id = :id
            """)
        .bind("share", helperShare.map(Bytes::toArray).orElse(null))
        .bind("at", at)
        .bind("id", id.value())
        .execute();
  }

  static void fail(Handle handle, CollectionId id, CollectionRow.Failure failure, Instant at) {
    handle
        .createUpdate(
            """
            update collections set state = 'FAILED', problem = :problem, detail = :detail,
              ended_at = :at
            where collection_id = :id
            """)
        .bind("problem", failure.problem().name())
        .bind("detail", failure.detail())
        .bind("at", at)
        .bind("id", id.value())
        .execute();
  }

  static void abandon(Handle handle, CollectionId id) {
    handle
        .createUpdate("update collections set abandoned = true where collection_id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** Whoever abandoned it asks again. */
  static void resume(Handle handle, CollectionId id) {
    handle
        .createUpdate("update collections set abandoned = false where collection_id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** A share that closes a batch stays as it was first told. */
  static void laneShare(Handle handle, LaneShare share) {
    handle
        .createUpdate(
            """
            insert into lane_shares (task_id, collection_id, kind, batch, lane, share)
            values (:task, :id, :kind, :batch, :lane, :share)
            on conflict (task_id, collection_id, kind, batch, lane) do nothing
            """)
        .bind("task", share.task().bytes().toArray())
        .bind("id", CollectionId.of(share.marker().collection()).value())
        .bind("kind", share.marker().kind().name())
        .bind("batch", share.marker().batch().encoded().toArray())
        .bind("lane", share.lane())
        .bind("share", share.encoded().toArray())
        .execute();
  }

  /**
   * What lanes told of this collection's batch, and of no other under its name; nothing once it has
   * ended.
   */
  static List<LaneShare> laneShares(Handle handle, CollectionRow row, Marker.Kind kind) {
    return handle
        .createQuery(
            """
            select share from lane_shares
            where task_id = :task and collection_id = :id and kind = :kind and batch = :batch
              and length(share) > 0
            order by lane
            """)
        .bind("task", row.task().bytes().toArray())
        .bind("id", row.id().value())
        .bind("kind", kind.name())
        .bind("batch", row.batch().encoded().toArray())
        .map((told, context) -> WireReader.whole(told.getBytes("share"), LaneShare::read))
        .list();
  }

  /** Whether lanes closed another batch, or one of another task, under this collection's name. */
  static boolean closedAnother(Handle handle, CollectionRow row) {
    return handle
        .createQuery(
            """
            select exists (select from lane_shares
              where collection_id = :id and kind = 'CLOSE'
                and (task_id <> :task or batch <> :batch))
            """)
        .bind("task", row.task().bytes().toArray())
        .bind("id", row.id().value())
        .bind("batch", row.batch().encoded().toArray())
        .mapTo(Boolean.class)
        .one();
  }

  private static CollectionRow read(ResultSet row) throws SQLException {
    return new CollectionRow(
        new CollectionId(row.getObject("collection_id", UUID.class)),
        new TaskId(Bytes.owning(row.getBytes("task_id"))),
        WireReader.whole(row.getBytes("request"), CollectionJobReq::read),
        WireReader.whole(row.getBytes("batch"), BatchSelector::read),
        row.getString("asked_by"),
        row.getBoolean("over_http"),
        bytes(row, "asked_checksum")
            .map(sum -> new CollectionRow.Asked(number(row, "asked_reports"), sum)),
        State.valueOf(row.getString("state")),
        bytes(row, "own_share")
            .map(share ->
                new CollectionRow.Result(
                    number(row, "reports"),
                    number(row, "first_time"),
                    number(row, "last_time"),
                    share)),
        bytes(row, "helper_share"),
        Optional.ofNullable(row.getString("problem"))
            .map(problem ->
                new CollectionRow.Failure(ProblemType.valueOf(problem), text(row, "detail"))),
        Optional.ofNullable(row.getTimestamp("sent_at")).map(java.sql.Timestamp::toInstant),
        row.getBoolean("abandoned"));
  }

  private static Optional<Bytes> bytes(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(Bytes::owning);
  }

  private static long number(ResultSet row, String column) {
    try {
      return row.getLong(column);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(ResultSet row, String column) {
    try {
      return row.getString(column);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
