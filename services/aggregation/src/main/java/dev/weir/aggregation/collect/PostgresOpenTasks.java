package dev.weir.aggregation.collect;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which tasks take reports; every method works in the caller's transaction. */
final class PostgresOpenTasks {
  private PostgresOpenTasks() {}

  static boolean isOpen(Handle handle, TaskId task) {
    return handle
        .createQuery("select exists (select from open_tasks where task_id = :task)")
        .bind("task", task.bytes().toArray())
        .mapTo(Boolean.class)
        .one();
  }

  /** Those that do not, oldest first. */
  static List<TaskId> waiting(Handle handle) {
    return handle
        .createQuery(
            """
            select task_id from tasks t
            where not exists (select from open_tasks o where o.task_id = t.task_id)
            order by set_up_at
            """)
        .mapTo(byte[].class)
        .map(id -> new TaskId(Bytes.owning(id)))
        .list();
  }

  /**
   * Opens the task when all its lanes have told of the marker.
   *
   * @return whether it is open now
   */
  static boolean open(Handle handle, TaskId task, CollectionId marker, int lanes) {
    return handle
            .createUpdate(
                """
                insert into open_tasks (task_id, at)
                select :task, now() where :lanes =
                  (select count(distinct lane) from lane_shares
                   where task_id = :task and collection_id = :marker and kind = 'COUNT')
                on conflict do nothing
                """)
            .bind("task", task.bytes().toArray())
            .bind("marker", marker.value())
            .bind("lanes", lanes)
            .execute()
        > 0;
  }
}
