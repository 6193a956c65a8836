package dev.weir.query.engine;

import dev.weir.kernel.QueryId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.usage.Permit;
import dev.weir.query.plan.Bindings;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.RawRow;
import dev.weir.query.record.RecordDatabase;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs statements and stops them on request or at their time limit. Thread-safe. */
public final class SqlEngine {
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
    for (ProductTerms product : plan.products()) {
      if (!permit.covers(product.id(), clock.instant())) {
        throw new IllegalStateException("the permit does not cover the plan");
      }
    }
    try (Connection connection = database.open();
        PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      bind(prepared, statement.parameters(), bindings);
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
      try {
        return read(prepared, statement, run);
      } finally {
        timer.cancel(false);
        running.remove(query, run);
      }
    } catch (SQLException e) {
      throw new EngineException(EngineException.Reason.FAILED, e);
    }
  }

  /** Stops what the query has running, if anything. */
  public void cancel(QueryId query) {
    var run = running.get(query);
    if (run != null) {
      run.stop(EngineException.Reason.CANCELLED);
    }
  }

  private List<RawRow> read(PreparedStatement prepared, EngineStatement statement, Running run) {
    try (ResultSet rows = prepared.executeQuery()) {
      var result = new ArrayList<RawRow>();
      while (rows.next()) {
        if (result.size() == limits.rows()) {
          throw new EngineException(EngineException.Reason.ROW_LIMIT, new SQLException());
        }
        result.add(row(rows, statement));
      }
      return result;
    } catch (SQLException e) {
      throw new EngineException(run.stoppedBy(), e);
    }
  }

  private static RawRow row(ResultSet rows, EngineStatement statement) throws SQLException {
    var keys = new ArrayList<Optional<String>>(statement.keys());
    for (int key = 1; key <= statement.keys(); key++) {
      keys.add(Optional.ofNullable(rows.getString(key)));
    }
    var statistics = new ArrayList<BigInteger>(statement.statistics());
    for (int statistic = 1; statistic <= statement.statistics(); statistic++) {
      statistics.add(rows.getBigDecimal(statement.keys() + statistic).toBigIntegerExact());
    }
    return new RawRow(keys, statistics);
  }

  private static void bind(
      PreparedStatement prepared, List<Parameter> parameters, Bindings bindings)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      switch (parameters.get(i)) {
        case Parameter.Text text -> prepared.setString(i + 1, text.value());
        case Parameter.Whole whole -> prepared.setLong(i + 1, whole.value());
        case Parameter.Real real -> prepared.setDouble(i + 1, real.value());
        case Parameter.Truth truth -> prepared.setBoolean(i + 1, truth.value());
        case Parameter.DataVersion version ->
            prepared.setLong(
                i + 1, Objects.requireNonNull(bindings.versions().get(version.resource())));
        case Parameter.SelectionKey key -> prepared.setString(i + 1, bindings.selectionKey());
      }
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
