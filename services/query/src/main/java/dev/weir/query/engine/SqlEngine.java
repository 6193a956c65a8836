package dev.weir.query.engine;

import dev.weir.kernel.QueryId;
import dev.weir.query.record.RecordDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs statements and stops them on request or at their time limit. Thread-safe. */
public final class SqlEngine {
  private final RecordDatabase database;
  private final ScheduledExecutorService timers;
  private final Map<QueryId, Running> running = new ConcurrentHashMap<>();

  /**
   * @param timers fires the time limits; belongs to the caller
   */
  public SqlEngine(RecordDatabase database, ScheduledExecutorService timers) {
    this.database = database;
    this.timers = timers;
  }

  public RecordDatabase.Dialect dialect() {
    return database.dialect();
  }

  /**
   * Runs one statement.
   *
   * @param query by which {@link #cancel} finds it; one statement of a query runs at a time
   * @return [rows][columns]
   * @throws EngineException when it is cancelled, passes a limit or fails
   */
  public List<List<@Nullable Object>> run(
      QueryId query, EngineStatement statement, Duration timeLimit, int maxRows) {
    try (Connection connection = database.open();
        PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      bind(prepared, statement.parameters());
      var run = new Running(prepared);
      running.put(query, run);
      var timer =
          timers.schedule(
              () -> run.stop(EngineException.Reason.TIME_LIMIT),
              timeLimit.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        return read(prepared, maxRows, run);
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

  private static List<List<@Nullable Object>> read(
      PreparedStatement prepared, int maxRows, Running run) {
    try (ResultSet rows = prepared.executeQuery()) {
      int width = rows.getMetaData().getColumnCount();
      var result = new ArrayList<List<@Nullable Object>>();
      while (rows.next()) {
        if (result.size() == maxRows) {
          throw new EngineException(EngineException.Reason.ROW_LIMIT, new SQLException());
        }
        var row = new ArrayList<@Nullable Object>(width);
        for (int column = 1; column <= width; column++) {
          row.add(rows.getObject(column));
        }
        result.add(Collections.unmodifiableList(row));
      }
      return result;
    } catch (SQLException e) {
      throw new EngineException(run.stoppedBy(), e);
    }
  }

  private static void bind(PreparedStatement prepared, List<Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      prepared.setObject(i + 1, parameters.get(i));
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
