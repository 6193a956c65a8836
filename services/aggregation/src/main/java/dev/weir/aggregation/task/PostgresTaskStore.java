package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.sql.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link TaskStore} in the aggregator's own database. */
public final class PostgresTaskStore implements TaskStore {
  private final Database database;

  public PostgresTaskStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<AggregationTask> find(TaskId id) {
    return database.asService(
        "task.find",
        handle ->
            handle
                .createQuery("select * from tasks where task_id = :id")
                .bind("id", id.bytes().toArray())
                .map((row, context) -> read(row))
                .findOne());
  }

  @Override
  public List<TaskId> all() {
    return database.asService(
        "task.all",
        handle ->
            handle
                .createQuery("select task_id from tasks order by set_up_at")
                .map((row, context) -> new TaskId(Bytes.owning(row.getBytes("task_id"))))
                .list());
  }

  /**
   * The tasks that a party operates here or collects, the newest first.
   *
   * @param role {@code leader} or {@code helper}: this aggregator's, as terms name it
   * @throws ProblemException of type {@code INVALID_REQUEST} for a cursor that is none
   */
  List<AggregationTask> list(Handle handle, String role, CreditCode party, PageRequest page) {
    return handle
        .createQuery(
            """
            select * from tasks
            where (cast(terms as jsonb) ->> :role = :party
                or cast(terms as jsonb) ->> 'collector' = :party)
              and (length(:after) = 0 or (set_up_at, task_id)
                < (select set_up_at, task_id from tasks where task_id = :after))
            order by set_up_at desc, task_id desc limit :fetch
            """)
        .bind("role", role)
        .bind("party", party.value())
        .bind("after", after(page))
        .bind("fetch", page.fetch())
        .map((row, context) -> read(row))
        .list();
  }

  private static byte[] after(PageRequest page) {
    try {
      return page.after().isEmpty() ? new byte[0] : TaskId.of(page.after()).bytes().toArray();
    } catch (ProblemException none) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "The cursor is not one that this service gave out.");
    }
  }

  /** False when it is there already: a name stands for one configuration, terms and seed. */
  boolean insert(Handle handle, AggregationTask task, Bytes seed, String actor, Instant at) {
    return handle
            .createUpdate(
                """
                insert into tasks
                  (task_id, configuration, terms, verify_key_seed, set_up_by, set_up_at)
                values (:id, :configuration, :terms, :seed, :actor, :at)
                on conflict (task_id) do nothing
                """)
            .bind("id", task.id().bytes().toArray())
            .bind("configuration", task.configuration().encoded().toArray())
            .bind("terms", new String(Json.canonical(task.terms()), StandardCharsets.UTF_8))
            .bind("seed", seed.toArray())
            .bind("actor", actor)
            .bind("at", at)
            .execute()
        > 0;
  }

  private static AggregationTask read(ResultSet row) throws SQLException {
    try {
      return AggregationTask.of(
          WireReader.whole(row.getBytes("configuration"), TaskConfiguration::read),
          Json.mapper().readValue(row.getString("terms"), TaskTerms.class),
          Bytes.owning(row.getBytes("verify_key_seed")));
    } catch (IOException e) {
      throw new UncheckedIOException("stored terms cannot be read", e);
    }
  }
}
