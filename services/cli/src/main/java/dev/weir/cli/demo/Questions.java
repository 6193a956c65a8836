package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.demo.Field.Bounds;
import dev.weir.cli.demo.Question.Truth;
import java.sql.SQLException;
import java.util.List;

/** The five good questions over the public data and the synthetic persons. */
final class Questions {
  private static final Bounds DELAY = Bounds.declared(-60, 180);
  private static final Bounds AGE = Bounds.declared(0, 100);
  private static final int ROWS = DemoDatasets.MAX_ROWS_PER_PERSON;

  private Questions() {}

  /** The treated records, as plain DuckDB sees them. */
  static void declare(Stage stage, DuckDbTruth duckDb) throws SQLException {
    duckDb.view("airports", stage.item("airports").dataset().plainFile(), "true", "*");
    duckDb.view(
        "flights",
        stage.item("flights").dataset().plainFile(),
        "delay BETWEEN " + DemoDatasets.MIN_DELAY + " AND " + DemoDatasets.MAX_DELAY,
        "CAST(date_trunc('month', \"date\") AS DATE) AS \"date\", delay, distance, origin");
    duckDb.view(
        "persons", stage.item("persons").dataset().plainFile(), "age BETWEEN 0 AND 120", "*");
  }

  static List<Question> all() {
    return List.of(byState(), chicago(), median(), districts(), ages());
  }

  private static Question byState() {
    String sql =
        "SELECT a.state, COUNT(*) AS n FROM flights f JOIN airports a ON f.origin = a.iata"
            + " GROUP BY a.state";
    return new Question(
        "flights-by-state",
        say("两个产品连接：各州起飞航班数", "two products joined: flights by state of departure"),
        sql,
        Truth.Counts.byKey(sql, 1));
  }

  private static Question chicago() {
    String where = " FROM flights WHERE origin = 'ORD' AND \"date\" = DATE '2001-01-01'";
    return new Question(
        "mean-delay-ord",
        say("1 月从芝加哥起飞的平均延误（分钟）", "mean delay out of Chicago in January, minutes"),
        "SELECT AVG(delay) AS mean_delay" + where,
        new Truth.Average(
            "SELECT SUM(LEAST(GREATEST(delay, -60), 180)), COUNT(*)" + where, DELAY, 1));
  }

  private static Question median() {
    return new Question(
        "median-delay-long",
        say("1000 英里以上航班的延误中位数", "median delay of flights beyond 1,000 miles"),
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY delay) AS median_delay FROM flights"
            + " WHERE distance > 1000",
        new Truth.Quantile(
            "SELECT COUNT(*), COUNT(*) FILTER (c < ?), COUNT(*) FILTER (c < ?2) FROM"
                + " (SELECT LEAST(GREATEST(delay, -60), 180) AS c FROM flights WHERE distance > 1000)",
            DELAY,
            1,
            5));
  }

  private static Question districts() {
    return new Question(
        "persons-by-district",
        say(
            "合成人员：各区记录数，每人最多计 4 条",
            "synthetic persons: records by district, at most 4 of each person"),
        "SELECT district, COUNT(*) AS n FROM persons GROUP BY district",
        Truth.Counts.byKey(
            "SELECT district, SUM(LEAST(n, "
                + ROWS
                + ")) FROM (SELECT district, person_key, COUNT(*)"
                + " AS n FROM persons GROUP BY 1, 2) GROUP BY 1",
            ROWS));
  }

  private static Question ages() {
    return new Question(
        "mean-age",
        say("合成人员：平均年龄，每人最多计 4 条", "synthetic persons: mean age, at most 4 records of each person"),
        "SELECT AVG(age) AS mean_age FROM persons",
        new Truth.Average(
            "SELECT SUM(LEAST(n, "
                + ROWS
                + ") * LEAST(GREATEST(age, 0), 100)), SUM(LEAST(n, "
                + ROWS
                + ")) FROM (SELECT person_key, ANY_VALUE(age) AS age, COUNT(*) AS n FROM persons GROUP BY 1)",
            AGE,
            ROWS));
  }
}
