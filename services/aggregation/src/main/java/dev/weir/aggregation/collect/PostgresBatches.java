package dev.weir.aggregation.collect;

import dev.weir.dap.id.BatchId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Batches of leader-selected tasks; every method works in the caller's transaction. */
final class PostgresBatches {
  private PostgresBatches() {}

  /** From now on the task's open batch. */
  static void begin(Handle handle, TaskId task, BatchId batch, Instant at) {
    handle
        .createUpdate(
            "insert into batches (batch_id, task_id, begun_at) values (:batch, :task, :at)")
        .bind("batch", batch.bytes().toArray())
        .bind("task", task.bytes().toArray())
        .bind("at", at)
        .execute();
  }

  /** The task's open batch. */
  static Optional<BatchId> open(Handle handle, TaskId task) {
    return find(
        handle,
        task,
        "select batch_id from batches where task_id = :task order by number desc limit 1");
  }

  /**
   * The oldest batch that no collection holds, under way or done; one whose collection failed waits
   * until others have had their turn, for it may fail for ever.
   */
  static Optional<BatchId> next(Handle handle, TaskId task) {
    return find(
        handle,
        task,
        """
        select batch_id from batches b
        where task_id = :task and not exists (
          select from collections c
          where c.task_id = b.task_id and c.state <> 'FAILED'
            and c.batch = '\\x020020'::bytea || b.batch_id)
        order by (
          select max(c.ended_at) from collections c
          where c.task_id = b.task_id and c.batch = '\\x020020'::bytea || b.batch_id
        ) nulls first, number
        limit 1
        """);
  }

  private static Optional<BatchId> find(Handle handle, TaskId task, String sql) {
    return handle
        .createQuery(sql)
        .bind("task", task.bytes().toArray())
        .map((row, context) -> new BatchId(Bytes.owning(row.getBytes("batch_id"))))
        .findOne();
  }
}
