package dev.weir.benchmarks.query;

import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.query.plan.render.EngineTables;
import java.util.List;

/**
 * A kind of question and the plain SQL that asks the same of the same table.
 *
 * @param exact over the exact product of the flights instead of the noisy one
 * @param plain over {@code {f}} and {@code {a}}, columns as {@code {delay}}
 */
record Kind(String name, boolean exact, String sql, String plain) {
  static List<Kind> all() {
    return List.of(
        new Kind("count", false, "SELECT COUNT(*) AS n FROM flights", "SELECT COUNT(*) FROM {f}"),
        new Kind(
            "sum",
            false,
            "SELECT SUM(distance) AS d FROM flights",
            "SELECT SUM({distance}) FROM {f}"),
        new Kind(
            "avg with filter",
            false,
            "SELECT AVG(delay) AS d FROM flights WHERE origin = 'ORD'",
            "SELECT AVG({delay}) FROM {f} WHERE {origin} = 'ORD'"),
        new Kind(
            "count by origin",
            false,
            "SELECT origin, COUNT(*) AS n FROM flights GROUP BY origin",
            "SELECT {origin}, COUNT(*) FROM {f} GROUP BY 1"),
        new Kind(
            "median with filter",
            false,
            "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY delay) AS d FROM flights"
                + " WHERE distance > 1000",
            "SELECT QUANTILE_CONT({delay}, 0.5) FROM {f} WHERE {distance} > 1000"),
        new Kind(
            "join with airports",
            false,
            "SELECT a.state, COUNT(*) AS n FROM flights f JOIN airports a ON f.origin = a.iata"
                + " GROUP BY a.state",
            "SELECT {state}, COUNT(*) FROM {f} JOIN {a} ON {origin} = {iata} GROUP BY 1"),
        new Kind(
            "exact count by month",
            true,
            "SELECT \"date\", COUNT(*) AS n FROM flights GROUP BY \"date\"",
            "SELECT {date}, COUNT(*) FROM {f} GROUP BY 1"));
  }

  /** The plain SQL with the engine's own names. */
  String plainSql() {
    String named =
        plain
            .replace("{f}", EngineTables.table(FlightTerms.FLIGHT_RECORDS))
            .replace("{a}", EngineTables.table(FlightTerms.AIRPORT_RECORDS));
    for (String column : List.of("date", "delay", "distance", "origin", "iata", "state")) {
      named = named.replace("{" + column + "}", EngineTables.column(column));
    }
    return named;
  }
}
