package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.check.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions that between them would read what one record has: the last of each is refused, whatever
 * it has. 1,000 records, i counts them, g is i in hundreds, f is 0 or 1, h goes from 0 to 9 and may
 * be compared and added up, not shown; y is missing below 100; d and c are a time and a decimal.
 * Record 500 and record 700 are the ones asked for. Minimum group 50.
 */
class OneRecordAttackTest {
  private static final ProductTerms PRODUCT =
      Products.exact("t")
          .column("i", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column("g", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column("f", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column(
              "h",
              ColumnType.INTEGER,
              ColumnConstraint.PLAINTEXT_AFTER_COMPARE,
              ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE,
              ColumnConstraint.PLAINTEXT_AFTER_GROUP_BY)
          .filled()
          .column("y", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .decimal("c", 2, ColumnConstraint.PLAINTEXT)
          .filled()
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A count with a condition on a column is a sum over it.
        "SELECT SUM(f) FROM t WHERE i < 501; SELECT COUNT(*) FROM t WHERE i < 500 AND f = 1",
        "SELECT COUNT(*) FROM t WHERE i < 500 AND f = 1; SELECT AVG(f) FROM t WHERE i < 501",
        "SELECT SUM(f) FILTER (WHERE i < 501), COUNT(*) FILTER (WHERE i < 500 AND f = 1) FROM t",
        "SELECT SUM(h) FROM t WHERE i < 501; SELECT h, COUNT(*) FROM t WHERE i < 500 GROUP BY h",
        "SELECT g, SUM(f) FROM t WHERE i < 501 GROUP BY g"
            + "; SELECT g, COUNT(*) FROM t WHERE i < 500 AND f = 1 GROUP BY g",
        "SELECT COUNT(*) FROM t WHERE i < 500 AND h <= 4; SELECT MEDIAN(h) FROM t WHERE i < 501",
        // A side of an OR in other words.
        "SELECT COUNT(*) FROM t WHERE (i < 500 OR (i = 700 AND h = 5)) = TRUE",
        "SELECT COUNT(*) FROM t WHERE (i < 500) <> (i = 700 AND h = 5)",
        "SELECT COUNT(CASE WHEN (i < 500) <> (i = 700 AND h = 5) THEN 1 END) FROM t",
        "SELECT (i < 500) <> (i = 700 AND h = 5), COUNT(*) FROM t GROUP BY 1",
        "SELECT COUNT(*) FROM t WHERE (y > 0 AND (i < 60 OR (i = 70 AND h = 5))) IS UNKNOWN",
        "SELECT COUNT(*) FROM t WHERE (i + 0 * y) < 500 OR (i + 0 * y) IS NULL",
        "SELECT MAX(i), COUNT(*) FROM t WHERE 10 * i + h < 7006",
        "SELECT COUNT(*) FROM t WHERE i < h + 700",
        "SELECT COUNT(*) FILTER (WHERE i < 500 OR i = 700) FROM t WHERE i < 500 OR h = 5",
        "SELECT g, COUNT(*) FROM t WHERE i < 399 OR h = 9 GROUP BY g",
        // The value of one record beside what it may not show.
        "SELECT MAX(i) FROM t WHERE h = 5",
        "SELECT MIN(i) FILTER (WHERE h = 5) FROM t",
        "SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY i) FROM t WHERE h = 5 AND i >= 405",
        // Which records lack a value.
        "SELECT SUM(i + y), SUM(y) FROM t WHERE i >= 700 AND i <= 760",
        "SELECT COUNT(*), COUNT(DISTINCT y) FROM t WHERE i >= 700 AND i <= 760",
        // Keys that are conditions, of every type.
        "SELECT CASE WHEN h IN (0, 5) AND i < 700 THEN TIMESTAMP '2020-01-01 00:00:00'"
            + " ELSE TIMESTAMP '2021-01-01 00:00:00' END, COUNT(*) FROM t GROUP BY 1"
            + "; SELECT CASE WHEN h IN (0, 5) AND i < 701 THEN TIMESTAMP '2020-01-01 00:00:00'"
            + " ELSE TIMESTAMP '2021-01-01 00:00:00' END, COUNT(*) FROM t GROUP BY 1",
        "SELECT CASE WHEN h IN (0, 5) AND i < 700 THEN 1.50 ELSE 0.25 END, COUNT(*) FROM t GROUP BY 1"
            + "; SELECT CASE WHEN h IN (0, 5) AND i < 701 THEN 1.50 ELSE 0.25 END, COUNT(*) FROM t"
            + " GROUP BY 1"
      })
  void lastOfThem_isRefusedWhateverTheRecordHas(String questions) throws SQLException {
    for (int has : new int[] {0, 1, 5}) {
      assertThat(isLastAnswered(has, questions.split(";"))).as("it has %d", has).isFalse();
    }
  }

  /** What an analyst asks in a morning, none of it about single records. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT f, COUNT(*) FILTER (WHERE h < 5), COUNT(*) FILTER (WHERE h >= 5) FROM t GROUP BY f",
        "SELECT COUNT(*) FROM t WHERE h < 5; SELECT f, COUNT(*) FROM t WHERE h >= 5 GROUP BY f",
        "SELECT f, COUNT(*), AVG(i) FROM t GROUP BY f; SELECT SUM(i) FROM t WHERE f = 1",
        "SELECT c, COUNT(*) FROM t GROUP BY c; SELECT COUNT(*) FROM t WHERE c < 2.00",
        "SELECT CASE WHEN i < 400 THEN 1.50 ELSE 0.25 END, COUNT(*) FROM t GROUP BY 1",
        "SELECT SUM(y) FROM t WHERE i < 700; SELECT f, SUM(y) FROM t WHERE i >= 700 GROUP BY f",
        "SELECT SUM(y), COUNT(*) FROM t WHERE h > 2; SELECT f, MEDIAN(y) FROM t GROUP BY f",
        "SELECT AVG(i) FROM t WHERE h > 2; SELECT AVG(i) FROM t WHERE h > 4",
        "SELECT f, MEDIAN(i) FROM t GROUP BY f; SELECT MAX(i) FROM t"
      })
  void ordinaryQuestions_areAnswered(String questions) throws SQLException {
    assertThat(isLastAnswered(5, questions.split(";"))).isTrue();
  }

  /** The others must be answered. */
  private static boolean isLastAnswered(int has, String... questions) throws SQLException {
    try (var answers = world(has)) {
      var told = new ArrayList<ReleasedCohorts>();
      for (int i = 0; i < questions.length; i++) {
        var mine = answers.outcomeOf(questions[i].strip());
        boolean answered =
            mine.isPresent() && answers.verdict(mine.get(), told, List.of()) == Verdict.SAFE;
        if (i == questions.length - 1) {
          return answered;
        }
        assertThat(answered).as(questions[i]).isTrue();
        told.add(mine.get());
      }
    }
    throw new IllegalArgumentException("no question");
  }

  private static ExactAnswers world(int has) throws SQLException {
    var answers = new ExactAnswers(PRODUCT, 50);
    answers.load(
        "range(1000) r(i)",
        "i",
        "i // 100",
        "CASE WHEN i IN (500, 700) THEN " + (has % 2) + " ELSE (i // 3) % 2 END",
        "CASE WHEN i IN (70, 500, 700) THEN " + has + " WHEN i = 399 THEN 9 ELSE i % 10 END",
        "CASE WHEN i >= 100 THEN i END",
        "CASE WHEN i < 600 THEN 1 WHEN i < 800 THEN 100 ELSE 10000 END * 100");
    return answers;
  }
}
