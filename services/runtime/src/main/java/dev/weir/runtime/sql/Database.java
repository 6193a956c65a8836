package dev.weir.runtime.sql;

import com.codahale.metrics.MetricRegistry;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Caller;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.Managed;
import java.sql.SQLException;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * A service's database. Every statement runs in a named and timed transaction that carries either
 * the caller or the service into the row-level security policies; a transaction that carries
 * neither sees no row. The settings live as long as the transaction, so a pooled connection leaks
 * nothing.
 *
 * <p>Thread-safe. Work may run for 15 s, wait for a lock for 3 s and leave a transaction idle for
 * 30 s; the database then ends it.
 */
public final class Database implements Managed, AutoCloseable {
  private static final String ACTS_AS = "weir.service";

  private final ManagedDataSource pool;
  private final Jdbi jdbi;
  private final String service;
  private final MetricRegistry metrics;
  private final SharedCommit shared = new SharedCommit();

  private Database(ManagedDataSource pool, String service, MetricRegistry metrics) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.service = service;
    this.metrics = metrics;
  }

  /**
   * Connects lazily.
   *
   * @param access as the application role
   * @param service also the schema that unqualified names mean
   * @param maxConnections at least 1
   */
  public static Database open(
      DatabaseAccess access, String service, int maxConnections, MetricRegistry metrics) {
    return new Database(Pool.open(access, service, maxConnections, metrics), service, metrics);
  }

  /**
   * Runs on behalf of a caller: {@code weir.party()} and {@code weir.has_role(…)} answer for it.
   *
   * @param name of the metric {@code sql.<name>}; fixed text
   * @throws ProblemException as thrown by {@code work}, or {@code UNAVAILABLE} when no connection
   *     or lock could be had in time; in every case nothing was committed
   */
  public <T extends @Nullable Object> T inTransaction(Caller caller, String name, Work<T> work) {
    String roles = caller.roles().stream().map(Role::tokenName).collect(Collectors.joining(","));
    return run(name, new Settings(caller.party().value(), roles, ""), work);
  }

  /** Runs for the service itself: {@code weir.is_service()} is true, no party is set. */
  public <T extends @Nullable Object> T asService(String name, Work<T> work) {
    return run(name, new Settings("", "", service), work);
  }

  /**
   * As {@link #asService}, for works that lock the same row: those that wait for one another share
   * a transaction and its confirmation by the disk. Each returns once it is durable. A work may be
   * run again when another one of its transaction fails, so it does nothing outside of it.
   *
   * @param contended what the works compete for, such as a contract's id
   */
  public <T extends @Nullable Object> T asServiceSharing(
      Object contended, String name, Work<T> work) {
    return shared.run(contended, work, alone -> asService(name, alone));
  }

  /** Whether the handle is of a transaction that runs for the service itself, not for a caller. */
  public static boolean isService(Handle handle) {
    return handle.getConfig(SqlStatements.class).getAttribute(ACTS_AS) instanceof String service
        && !service.isEmpty();
  }

  /** For health checks; a transaction opened from it carries nobody. */
  public DataSource dataSource() {
    return pool;
  }

  private <T extends @Nullable Object> T run(String name, Settings settings, Work<T> work) {
    // A handle of its own: Jdbi would reuse the thread's, and a transaction opened inside another
    // would leave its settings behind in it.
    try (var timed = metrics.timer("sql." + name).time();
        var handle = jdbi.open()) {
      return handle.inTransaction(open -> {
        open.define(ACTS_AS, settings.service());
        settings.apply(open);
        return work.run(open);
      });
    } catch (Exception e) {
      throw Failures.translate(name, e);
    }
  }

  @Override
  public void stop() throws Exception {
    pool.stop();
  }

  @Override
  public void close() throws Exception {
    pool.stop();
  }

  /** What runs inside one transaction. An exception rolls it back. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T run(Handle handle) throws Exception;
  }

  private record Settings(String party, String roles, String service) {
    private static final String SQL =
        "select set_config('weir.party', ?, true), set_config('weir.roles', ?, true),"
            + " set_config('weir.service', ?, true)";

    /** By JDBC itself: every transaction begins here, and Jdbi costs as much as the database. */
    void apply(Handle handle) throws SQLException {
      try (var statement = handle.getConnection().prepareStatement(SQL)) {
        statement.setString(1, party);
        statement.setString(2, roles);
        statement.setString(3, service);
        statement.execute();
      }
    }
  }
}
