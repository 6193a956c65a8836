package dev.weir.aggregation.collect;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Refusals that the leader gave before it asked the helper. Every method works in the caller's
 * transaction.
 */
final class PostgresLeaderRefusals {
  private static final int AT_ONCE = 100;

  private PostgresLeaderRefusals() {}

  /** One that the helper has not been told. */
  record Untold(ShareKey about, LeaderRefusal refusal) {}

  /** False when it is there already. */
  static boolean keep(Handle handle, ShareKey about, LeaderRefusal refusal, Instant at) {
    return handle
            .createUpdate(
                """
                insert into leader_refusals (collection_id, task_id, refusal, at)
                values (:id, :task, :refusal, :at)
                on conflict (collection_id) do nothing
                """)
            .bind("id", about.collection().value())
            .bind("task", about.task().bytes().toArray())
            .bind("refusal", refusal.encoded().toArray())
            .bind("at", at)
            .execute()
        == 1;
  }

  static List<Untold> untold(Handle handle) {
    return handle
        .createQuery("select * from leader_refusals order by at limit :most")
        .bind("most", AT_ONCE)
        .map((row, context) ->
            new Untold(
                new ShareKey(
                    new TaskId(Bytes.owning(row.getBytes("task_id"))),
                    new CollectionId(row.getObject("collection_id", UUID.class))),
                WireReader.whole(row.getBytes("refusal"), LeaderRefusal::read)))
        .list();
  }

  /** The helper has been told. */
  static void told(Handle handle, CollectionId id) {
    handle
        .createUpdate("delete from leader_refusals where collection_id = :id")
        .bind("id", id.value())
        .execute();
  }
}
