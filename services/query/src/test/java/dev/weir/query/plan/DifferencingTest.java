package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.Verdict;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 1,000 records; i counts them, g has ten groups of 100, h ten groups across them. y is null in
 * three records, z in a hundred. Minimum group 50.
 */
class DifferencingTest {
  private static final ProductTerms PRODUCT =
      Products.exact("t")
          .column("i", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column("g", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column("h", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column("y", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .column("z", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT SUM(i) FROM t | SELECT SUM(i) FROM t WHERE i >= 100 | SAFE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i < 501 | TOO_CLOSE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i < 600 | SAFE",
        "SELECT SUM(i) FROM t WHERE i < 501 | SELECT SUM(i) FROM t WHERE i >= 500 | TOO_CLOSE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i > 500 | TOO_CLOSE",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT g, COUNT(*) FROM t WHERE i <> 7 GROUP BY g | TOO_CLOSE",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT COUNT(*) FROM t | SAFE",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT h, COUNT(*) FROM t GROUP BY h | SAFE",
        "SELECT SUM(i) FROM t | SELECT SUM(i + z) FROM t | SAFE",
        "SELECT SUM(y) FROM t | SELECT SUM(y + 1) FROM t | TOO_CLOSE",
        "SELECT SUM(z) FROM t | SELECT COUNT(z) FROM t | SAFE"
      })
  void twoAnswers_areComparedByTheirCohorts(String first, String second, Verdict verdict)
      throws SQLException {
    assertThat(last(first, second)).isEqualTo(verdict);
  }

  /**
   * What one record has cannot be read from whether a question about it is refused: no record
   * between two answers is treated like few, unless the conditions leave room for none. Record 700
   * has 0 in h.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM t WHERE {} AND i < 700 | SELECT COUNT(*) FROM t WHERE {} AND i < 701",
        "SELECT h, SUM(i) FROM t WHERE {} AND i < 700 GROUP BY h"
            + " | SELECT h, SUM(i) FROM t WHERE {} AND i < 701 GROUP BY h",
        "SELECT COUNT(*) FROM t WHERE {} AND i < 700"
            + " | SELECT COUNT(*) FILTER (WHERE {} AND i < 701) FROM t",
        "SELECT COUNT(*) FROM t WHERE {} AND i < 700"
            + " | SELECT COUNT(*) FROM t WHERE NOT ({} AND i < 701)",
        "SELECT MEDIAN(i) FROM t WHERE {} AND i < 700 | SELECT MEDIAN(i) FROM t WHERE {} AND i < 701",
        "SELECT COUNT(*) FROM t WHERE {} AND i < 700"
            + " | SELECT CASE WHEN {} AND i < 701 THEN 1 ELSE 0 END, COUNT(*) FROM t GROUP BY 1",
        "SELECT ({} AND i < 700), COUNT(*) FROM t GROUP BY 1"
            + " | SELECT ({} AND i < 701), COUNT(*) FROM t GROUP BY 1"
      })
  void noneAndFew_betweenTwoAnswers_areRefusedAlike(String first, String second)
      throws SQLException {
    for (String h : List.of("h IN (0, 5)", "h IN (1, 6)")) {
      assertThat(last(first.replace("{}", h), second.replace("{}", h)))
          .as(h)
          .isEqualTo(Verdict.TOO_CLOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT SUM(i + y) FROM t", "SELECT SUM(i + y) FROM t WHERE g = 3"})
  void nullsOfASecondSummand_areRefusedWhetherThereAreAnyOrNot(String sum) throws SQLException {
    try (var answers = loaded()) {
      assertThat(answers.outcome(sum)).isEqualTo(new ExactRelease.Outcome.TooSmall());
    }
  }

  /** Three answers whose sum is one record, or none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0, 5, 6 | few", "3, 8, 9 | none"})
  void noneAndFew_inWhatThreeAnswersComeTo_areRefusedAlike(String h, String what)
      throws SQLException {
    String of = "SELECT SUM(i) FROM t WHERE i %s AND h IN (" + h + ")";
    String low = of.formatted("< 503");
    String high = of.formatted(">= 500 AND i < 700");
    String all = of.formatted("< 700");
    assertThat(last(low, all)).isEqualTo(Verdict.SAFE);
    assertThat(last(low, high, all)).as(what).isEqualTo(Verdict.TOO_CLOSE);
  }

  /** What can be told from the conditions alone is not held against an asker. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM t WHERE i < 500 | SELECT COUNT(*) FROM t WHERE i >= 500",
        "SELECT COUNT(*) FROM t WHERE g = 1 | SELECT COUNT(*) FROM t WHERE g IN (1, 2, 3)",
        "SELECT COUNT(*) FROM t WHERE g = 1 | SELECT COUNT(*) FROM t WHERE g = 1 OR h = 1",
        "SELECT COUNT(*) FROM t WHERE g = 1 | SELECT COUNT(*) FROM t WHERE g BETWEEN 1 AND 3",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT g, COUNT(*) FROM t WHERE h < 5 GROUP BY g",
        "SELECT COUNT(*) FROM t WHERE i <= 499 | SELECT SUM(i) FROM t WHERE i < 500",
        "SELECT COUNT(*) FROM t WHERE g = 1 | SELECT COUNT(*) FROM t WHERE NOT (g < 1 OR g > 3)",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT COUNT(*) FROM t WHERE g = 3",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT COUNT(*) FROM t WHERE g <> 3",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT COUNT(*) FROM t WHERE g < 3 AND h < 5",
        "SELECT CASE WHEN i < 500 THEN 'low' ELSE 'high' END, COUNT(*) FROM t GROUP BY 1"
            + " | SELECT COUNT(*) FROM t WHERE i < 500",
        "SELECT (i < 500), COUNT(*) FROM t GROUP BY 1 | SELECT COUNT(*) FROM t WHERE i >= 500",
        "SELECT h, COUNT(*) FROM t GROUP BY h | SELECT COUNT(*) FROM t WHERE i < 500"
      })
  void whatConditionsAloneTell_isAnswered(String first, String second) throws SQLException {
    assertThat(last(first, second)).isEqualTo(Verdict.SAFE);
  }

  /** No two of three are close; what they come to together is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT SUM(i) FROM t WHERE i < 503 | SELECT SUM(i) FROM t WHERE i >= 500 AND i < 800"
            + " | SELECT SUM(i) FROM t WHERE i < 800 | TOO_CLOSE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i >= 500 AND i < 800"
            + " | SELECT SUM(i) FROM t WHERE i < 800 | SAFE",
        "SELECT SUM(i + z) FROM t WHERE g < 5 | SELECT SUM(i) FROM t WHERE g >= 5"
            + " | SELECT SUM(i) FROM t | SAFE",
        "SELECT COUNT(*) FROM t WHERE i < 503 | SELECT COUNT(*) FROM t WHERE i >= 500 AND i < 800"
            + " | SELECT COUNT(*) FROM t WHERE i < 800 | TOO_CLOSE"
      })
  void threeAnswers_areComparedByWhatTheyComeTo(
      String first, String second, String third, Verdict verdict) throws SQLException {
    assertThat(last(first, second)).as("the first two").isEqualTo(Verdict.SAFE);
    assertThat(last(first, third)).as("first and third").isEqualTo(Verdict.SAFE);
    assertThat(last(second, third)).as("second and third").isEqualTo(Verdict.SAFE);
    assertThat(last(first, second, third)).isEqualTo(verdict);
  }

  /** The tracker pads one record with many; that it does is seen in its first question. */
  @Test
  void generalTracker_isRefusedAtItsFirstQuestion() throws SQLException {
    try (var answers = loaded()) {
      assertThat(answers.outcome("SELECT SUM(i) FROM t WHERE i = 17 OR g = 5"))
          .isEqualTo(new ExactRelease.Outcome.FewInAWay());
    }
    assertThat(last("SELECT SUM(i) FROM t WHERE g = 5", "SELECT SUM(i) FROM t"))
        .isEqualTo(Verdict.SAFE);
  }

  @Test
  void filtersOfOneAnswer_areHeldAgainstEachOther() throws SQLException {
    assertThat(last("SELECT SUM(i), SUM(i) FILTER (WHERE i < 940) FROM t")).isEqualTo(Verdict.SAFE);
    assertThat(last("SELECT SUM(i) FILTER (WHERE i < 500), SUM(i) FILTER (WHERE i < 501) FROM t"))
        .isEqualTo(Verdict.TOO_CLOSE);
  }

  @Test
  void answersOverAnotherVersion_areComparedInPairs() throws SQLException {
    try (var answers = loaded()) {
      var past = answers.released("SELECT SUM(i) FROM t WHERE i < 500").orElseThrow();
      var near = answers.released("SELECT SUM(i) FROM t WHERE i < 501").orElseThrow();
      assertThat(answers.verdict(near, List.of(), List.of(past))).isEqualTo(Verdict.TOO_CLOSE);
      assertThat(answers.verdict(past, List.of(), List.of(past))).isEqualTo(Verdict.SAFE);
    }
  }

  @Test
  void smallGroups_areWithheldAndAloneRefused() throws SQLException {
    try (var answers = loaded()) {
      assertThat(answers.outcome("SELECT COUNT(*) FROM t WHERE i = 3"))
          .isEqualTo(new ExactRelease.Outcome.TooSmall());
      assertThat(answers.outcome("SELECT COUNT(*) FROM t WHERE i <> 3"))
          .isEqualTo(new ExactRelease.Outcome.TooSmall());
      var some =
          (ExactRelease.Outcome.Shown)
              answers.outcome("SELECT g, COUNT(*) FROM t WHERE i < 520 GROUP BY g");
      assertThat(some.answer().rows()).hasSize(5);
      assertThat(some.answer().groupsWithheld()).isTrue();
    }
  }

  /** Whether there is any such record is as much a secret as how few there are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE i = 3) FROM t"
            + " | SELECT COUNT(*), COUNT(*) FILTER (WHERE i = 3000) FROM t",
        "SELECT SUM(i) FILTER (WHERE i <> 3) FROM t | SELECT SUM(i) FILTER (WHERE i <> 3000) FROM t",
        "SELECT COUNT(*) FROM t WHERE i <> 3 | SELECT COUNT(*) FROM t WHERE i <> 3000",
        "SELECT COUNT(*) FROM t WHERE i = 3 | SELECT COUNT(*) FROM t WHERE i = 3000",
        "SELECT h, COUNT(*) FROM t WHERE i <> 3 GROUP BY h"
            + " | SELECT h, COUNT(*) FROM t WHERE i <> 3000 GROUP BY h",
        "SELECT COUNT(CASE WHEN i = 3 THEN NULL ELSE 1 END) FROM t"
            + " | SELECT COUNT(CASE WHEN i = 3000 THEN NULL ELSE 1 END) FROM t",
        "SELECT COUNT(y) FROM t WHERE g = 1 | SELECT COUNT(y) FROM t WHERE g = 5",
        "SELECT AVG(y) FROM t WHERE g = 1 | SELECT AVG(y) FROM t WHERE g = 5",
        "SELECT (i = 3), COUNT(*) FROM t GROUP BY (i = 3)"
            + " | SELECT (i = 3000), COUNT(*) FROM t GROUP BY (i = 3000)",
        "SELECT CASE WHEN i = 3 THEN 1 ELSE 0 END, COUNT(*) FROM t GROUP BY 1"
            + " | SELECT CASE WHEN i = 3000 THEN 1 ELSE 0 END, COUNT(*) FROM t GROUP BY 1",
        "SELECT h, CASE WHEN i = 3 THEN 1 ELSE 0 END, COUNT(*) FROM t GROUP BY 1, 2"
            + " | SELECT h, CASE WHEN i = 3000 THEN 1 ELSE 0 END, COUNT(*) FROM t GROUP BY 1, 2",
        "SELECT CASE WHEN i = 3 THEN h ELSE 0 END, COUNT(*) FROM t GROUP BY 1"
            + " | SELECT CASE WHEN i = 3000 THEN h ELSE 0 END, COUNT(*) FROM t GROUP BY 1"
      })
  void noneAndFew_areAnsweredAlike(String few, String none) throws SQLException {
    try (var answers = loaded()) {
      var one = answers.outcome(few);
      var other = answers.outcome(none);
      assertThat(other.getClass()).isEqualTo(one.getClass());
      if (one instanceof ExactRelease.Outcome.Shown shown
          && other instanceof ExactRelease.Outcome.Shown alike) {
        assertThat(alike.shownKeys()).hasSameSizeAs(shown.shownKeys());
        assertThat(alike.answer().groupsWithheld()).isEqualTo(shown.answer().groupsWithheld());
      }
    }
  }

  /** One record glued to a known number of others would show in the number of all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM t WHERE i < 60 OR (i = 700 AND h = %d)",
        "SELECT COUNT(*) FROM t WHERE i < 49 OR (i = 700 AND h = %d)",
        "SELECT COUNT(*) FROM t WHERE g < 9 AND (i < 60 OR (i = 700 AND h = %d))",
        "SELECT COUNT(*) FROM t WHERE NOT (i >= 60 AND (i <> 700 OR h <> %d))",
        "SELECT COUNT(*) FROM t WHERE (i < 60 OR (i = 700 AND h = %d)) IS TRUE",
        "SELECT COUNT(*) FROM t WHERE (i >= 60 AND (i <> 700 OR h <> %d)) IS NOT TRUE",
        "SELECT COUNT(*) FROM t WHERE CASE WHEN i = 700 THEN h = %d ELSE i < 60 END",
        "SELECT COUNT(*) FROM t WHERE CASE WHEN i = 700 THEN h WHEN i < 60 THEN %d END = %1$d",
        "SELECT COUNT(*) FILTER (WHERE i < 60 OR (i = 700 AND h = %d)) FROM t",
        "SELECT CASE WHEN i < 60 OR (i = 700 AND h = %d) THEN 1 ELSE 0 END, COUNT(*) FROM t"
            + " GROUP BY 1",
        "SELECT (i < 60 OR (i = 700 AND h = %d)), COUNT(*) FROM t GROUP BY 1",
        "SELECT COUNT(CASE WHEN i < 60 OR (i = 700 AND h = %d) THEN 1 END) FROM t"
      })
  void oneRecordBesideMany_isRefusedWhetherItIsThereOrNot(String question) throws SQLException {
    try (var answers = loaded()) {
      assertThat(answers.outcome(question.formatted(0)))
          .isEqualTo(new ExactRelease.Outcome.FewInAWay());
      assertThat(answers.outcome(question.formatted(1)))
          .isEqualTo(new ExactRelease.Outcome.FewInAWay());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM t WHERE g = 1 OR h = 1",
        "SELECT COUNT(*) FROM t WHERE i IN (1, 2, 3) OR i > 900",
        "SELECT COUNT(*) FROM t WHERE g = 1 OR (g = 1 AND h = 2)",
        "SELECT COUNT(*) FROM t WHERE COALESCE(z, 0) < 500",
        "SELECT COUNT(*) FROM t WHERE (g = 1 OR g = 2) AND (h < 5 OR g = 1)"
      })
  void sidesThatBringInEnough_areAnswered(String question) throws SQLException {
    try (var answers = loaded()) {
      assertThat(answers.outcome(question)).isInstanceOf(ExactRelease.Outcome.Shown.class);
    }
  }

  @Test
  void keyOfConditions_whoseValuesAllOccur_isAnsweredWhole() throws SQLException {
    try (var answers = loaded()) {
      var halves =
          (ExactRelease.Outcome.Shown)
              answers.outcome(
                  "SELECT CASE WHEN i < 400 THEN 'low' ELSE 'high' END, COUNT(*) FROM t GROUP BY 1");
      assertThat(halves.answer().rows()).hasSize(2);
    }
  }

  /** The control: where the minimum is one, the same questions are told apart. */
  @Test
  void noneAndFew_areToldApartWithoutAMinimum() throws SQLException {
    var open =
        Products.exact("t").minGroup(1).column("i", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT);
    try (var answers = new ExactAnswers(open.build(), 1)) {
      answers.load("range(1000) r(i)", "i");
      assertThat(answers.outcome("SELECT COUNT(*) FROM t WHERE i = 3"))
          .isInstanceOf(ExactRelease.Outcome.Shown.class);
      assertThat(answers.outcome("SELECT COUNT(*) FROM t WHERE i = 3000"))
          .isInstanceOf(ExactRelease.Outcome.TooSmall.class);
    }
  }

  private static Verdict last(String... questions) throws SQLException {
    try (var answers = loaded()) {
      return answers.last(List.of(questions));
    }
  }

  private static ExactAnswers loaded() throws SQLException {
    var answers = new ExactAnswers(PRODUCT, 50);
    load(answers);
    return answers;
  }

  private static void load(ExactAnswers answers) throws SQLException {
    answers.load(
        "range(1000) r(i)",
        "i",
        "i // 100",
        "i % 10",
        "CASE WHEN i NOT IN (7, 107, 207) THEN i END",
        "CASE WHEN i >= 100 THEN i END");
  }
}
