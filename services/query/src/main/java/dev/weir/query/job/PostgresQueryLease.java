package dev.weir.query.job;

import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.util.UUID;

/**
 * Says in the database that this instance lives, so that others leave its queries alone. All times
 * are the database's, which is the one clock that instances share. Thread-safe.
 */
final class PostgresQueryLease {
  private final Database database;
  private final UUID instance;
  private final Duration length;

  /**
   * @param instance this running service; another one after each start
   * @param length after which, without a renewal, it counts as gone
   */
  PostgresQueryLease(Database database, UUID instance, Duration length) {
    this.database = database;
    this.instance = instance;
    this.length = length;
  }

  /**
   * Begins the lease, or goes on with it.
   *
   * @return whether it was unbroken. After a break, such as an absence of the database, others may
   *     have had no chance to renew theirs yet either
   */
  boolean renew() {
    return database.asService(
        "query.lease",
        handle ->
            handle
                .createQuery(
                    """
                    WITH before AS MATERIALIZED (
                      SELECT alive_until > now() AS unbroken FROM query.instances WHERE id = :id),
                    renewed AS (
                      INSERT INTO query.instances (id, alive_until)
                      VALUES (:id, now() + CAST(:seconds AS double precision) * interval '1 second')
                      ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until),
                    gone AS (
                      DELETE FROM query.instances WHERE alive_until < now() - interval '1 day')
                    SELECT coalesce((SELECT unbroken FROM before), false)
                    """)
                .bind("id", instance)
                .bind("seconds", length.toMillis() / 1e3)
                .mapTo(Boolean.class)
                .one());
  }

  /** Ends the lease at once: what is left unfinished is for others to end. */
  void leave() {
    database.asService(
        "query.leave",
        handle -> handle.execute("DELETE FROM query.instances WHERE id = ?", instance));
  }
}
