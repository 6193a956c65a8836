package dev.weir.query.engine;

import java.util.List;

/**
 * A generated statement and what is bound to its question marks.
 *
 * @param parameters String, Long, BigDecimal, Double, Boolean, LocalDate or LocalDateTime, in order
 */
public record EngineStatement(String sql, List<Object> parameters) {
  public EngineStatement {
    parameters = List.copyOf(parameters);
  }

  /** Statements may hold constants of a user's question; they stay out of logs. */
  @Override
  public String toString() {
    return "EngineStatement[" + sql.length() + " characters, " + parameters.size() + " parameters]";
  }
}
