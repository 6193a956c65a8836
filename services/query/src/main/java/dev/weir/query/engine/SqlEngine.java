package dev.weir.query.engine;

import dev.weir.kernel.QueryId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.usage.Permit;
import dev.weir.query.plan.Bindings;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.JdbcStatements;
import dev.weir.query.plan.RawRow;
import dev.weir.query.record.RecordDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs statements and stops them on request or at their time limit. Thread-safe. */
public final class SqlEngine {
  private static final int FETCHED_ROWS = 10_000;

  private final RecordDatabase database;
  private final ScheduledExecutorService timers;
  private final InstantSource clock;
  private final Limits limits;
  private final Map<QueryId, Running> running = new ConcurrentHashMap<>();

  /**
   * @param timers fires the time limits; belongs to the caller
   */
  public SqlEngine(
      RecordDatabase database,
      ScheduledExecutorService timers,
      InstantSource clock,
      Limits limits) {
    this.database = database;
    this.timers = timers;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * @param time a statement may take
   * @param rows a statement may return
   */
  public record Limits(Duration time, int rows) {}

  public EngineDialect dialect() {
    return database.dialect();
  }

  /**
   * Runs one statement over domain data.
   *
   * @param permit leave of the policy engine for every product of the plan
   * @param query by which {@link #cancel} finds it; one statement of a query runs at a time
   * @param statement of {@code plan}
   * @param stopped asked again once the statement can be cancelled, so that no stop falls between
   * @throws EngineException when it is cancelled, passes a limit or fails
   * @throws IllegalStateException when the permit does not cover the plan, or has expired
   */
  public List<RawRow> run(
      Permit permit,
      QueryId query,
      CheckedPlan plan,
      EngineStatement statement,
      Bindings bindings,
      BooleanSupplier stopped) {
    var result = new ArrayList<RawRow>();
    each(
        permit,
        query,
        plan,
        statement,
        bindings,
        stopped,
        row -> {
          if (result.size() == limits.rows()) {
            throw new EngineException(EngineException.Reason.ROW_LIMIT, new SQLException());
          }
          result.add(row);
        });
    return result;
  }

  /**
   * Like {@link #run}, without keeping the rows, so that there can be any number of them.
   *
   * @param sink takes them one by one
   */
  public void each(
      Permit permit,
      QueryId query,
      CheckedPlan plan,
      EngineStatement statement,
      Bindings bindings,
      BooleanSupplier stopped,
      Consumer<RawRow> sink) {
    for (ProductTerms product : plan.products()) {
      if (!permit.covers(product.id(), clock.instant())) {
        throw new IllegalStateException("the permit does not cover the plan");
      }
    }
    try (Connection connection = database.open()) {
      // Outside a transaction a driver fetches everything at once.
      connection.setAutoCommit(false);
      try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
        prepared.setFetchSize(FETCHED_ROWS);
        JdbcStatements.bind(prepared, statement, bindings);
        execute(query, prepared, statement, stopped, sink);
      }
    } catch (SQLException e) {
      database.suspect();
      throw new EngineException(EngineException.Reason.FAILED, e);
    }
  }

  private void execute(
      QueryId query,
      PreparedStatement prepared,
      EngineStatement statement,
      BooleanSupplier stopped,
      Consumer<RawRow> sink) {
    var run = new Running(prepared);
    running.put(query, run);
    if (stopped.getAsBoolean()) {
      running.remove(query, run);
      throw new EngineException(EngineException.Reason.CANCELLED, new SQLException());
    }
    var timer =
        timers.schedule(
            () -> run.stop(EngineException.Reason.TIME_LIMIT),
            limits.time().toMillis(),
            TimeUnit.MILLISECONDS);
    try (ResultSet rows = prepared.executeQuery()) {
      while (rows.next()) {
        sink.accept(JdbcStatements.row(rows, statement));
      }
    } catch (SQLException e) {
      if (run.stoppedBy() == EngineException.Reason.FAILED) {
        database.suspect();
      }
      throw new EngineException(run.stoppedBy(), e);
    } finally {
      timer.cancel(false);
      running.remove(query, run);
    }
  }

  /** Stops what the query has running, if anything. */
  public void cancel(QueryId query) {
    var run = running.get(query);
    if (run != null) {
      run.stop(EngineException.Reason.CANCELLED);
    }
  }

  /** One statement under way; remembers who stopped it. */
  private static final class Running {
    private final PreparedStatement statement;
    private volatile EngineException.Reason reason = EngineException.Reason.FAILED;

    Running(PreparedStatement statement) {
      this.statement = statement;
    }

    void stop(EngineException.Reason why) {
      reason = why;
      try {
        statement.cancel();
      } catch (SQLException e) {
        // The statement ended by itself in the meantime; its own outcome stands.
        reason = EngineException.Reason.FAILED;
      }
    }

    EngineException.Reason stoppedBy() {
      return reason;
    }
  }
}
