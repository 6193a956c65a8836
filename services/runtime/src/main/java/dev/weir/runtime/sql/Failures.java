package dev.weir.runtime.sql;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.sql.SQLException;
import java.util.Set;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.jspecify.annotations.Nullable;

/** Tells a busy or absent database from a mistake of ours. */
final class Failures {
  private static final Set<String> AWAY =
      Set.of("55P03", "57014", "57P01", "57P02", "57P03", "53300", "25P03");
  private static final Set<String> REPEATABLE = Set.of("40001", "40P01");

  private Failures() {}

  static RuntimeException translate(String name, Exception failure) {
    if (failure instanceof ProblemException problem) {
      return problem;
    }
    var cause = sqlCause(failure);
    if (cause instanceof PoolExhaustedException || (cause != null && isAway(cause))) {
      var problem =
          new ProblemException(
              ProblemType.UNAVAILABLE, "The database is busy or away; nothing was changed.");
      problem.initCause(failure);
      return problem;
    }
    if (failure instanceof RuntimeException unchecked) {
      return unchecked;
    }
    return new IllegalStateException("transaction failed: " + name, failure);
  }

  /** True when the database rolled back only because of another transaction. */
  static boolean isRepeatable(Throwable failure) {
    var cause = sqlCause(failure);
    return cause != null && REPEATABLE.contains(String.valueOf(cause.getSQLState()));
  }

  private static boolean isAway(SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    return state.startsWith("08") || AWAY.contains(state);
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
