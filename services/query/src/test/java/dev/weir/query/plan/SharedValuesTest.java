package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.query.plan.answer.ExactRelease;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 1,000 records, minimum group 50: own has another value in each, shared ten values of a hundred
 * records each, rare the same but 9,999 in its last record. Ten groups g of a hundred across them.
 */
class SharedValuesTest {
  private ExactAnswers answers;

  @BeforeEach
  void load() throws SQLException {
    answers =
        new ExactAnswers(
            Products.exact("t")
                .column("own", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
                .column("shared", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
                .column("rare", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
                .column("plain", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
                .column("g", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
                .build(),
            50);
    answers.load(
        "range(1000) r(i)",
        "i",
        "i // 100",
        "CASE WHEN i = 999 THEN 9999 ELSE i // 100 END",
        "i",
        "i % 10");
  }

  @AfterEach
  void close() throws SQLException {
    answers.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY shared)",
        "PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY rare)",
        "PERCENTILE_DISC(0.999999) WITHIN GROUP (ORDER BY rare)",
        "PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY rare)",
        "PERCENTILE_CONT(0) WITHIN GROUP (ORDER BY 0 - rare)",
        "PERCENTILE_CONT(0.04) WITHIN GROUP (ORDER BY shared)",
        "PERCENTILE_DISC(0.96) WITHIN GROUP (ORDER BY shared)",
        "MEDIAN(own)",
        "MEDIAN(2 * own + shared)",
        "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY own)"
      })
  void aQuantileThatIsFewRecordsValue_isNotShown(String quantile) throws SQLException {
    assertThat(answers.outcome("SELECT " + quantile + " FROM t"))
        .isEqualTo(new ExactRelease.Outcome.TooSmall());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MEDIAN(shared) | 4.5",
        "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY shared) | 4",
        "PERCENTILE_DISC(0.06) WITHIN GROUP (ORDER BY shared) | 0",
        "PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY rare) | 8.1",
        "PERCENTILE_CONT(0.1) WITHIN GROUP (ORDER BY shared DESC) | 8.1",
        "PERCENTILE_DISC(0.999999) WITHIN GROUP (ORDER BY plain) | 999",
        "MEDIAN(plain) | 499.5",
        "MAX(plain) | 999"
      })
  void aSharedValueOrOneThatMayBeShown_isShown(String measure, String value) throws SQLException {
    var outcome = answers.outcome("SELECT " + measure + " FROM t");
    assertThat(outcome).isInstanceOf(ExactRelease.Outcome.Shown.class);
    assertThat(Engine.text(((ExactRelease.Outcome.Shown) outcome).answer())).isEqualTo(value);
  }

  /**
   * A group whose middle value few have is withheld, and nothing else tells it from a small one.
   */
  @Test
  void groups_areHeldToItOneByOne() throws SQLException {
    var outcome =
        answers.outcome(
            "SELECT CASE WHEN plain < 500 THEN 'low' ELSE 'high' END, MEDIAN(shared) FROM t GROUP BY"
                + " 1 ORDER BY 1");
    assertThat(Engine.text(((ExactRelease.Outcome.Shown) outcome).answer()))
        .isEqualTo("high 7\nlow 2");
    assertThat(answers.outcome("SELECT g, MEDIAN(shared) FROM t GROUP BY g"))
        .as("ten records of each value in a group")
        .isEqualTo(new ExactRelease.Outcome.TooSmall());
  }

  /** One record more or less with a value of its own, and every percentile answers the same. */
  @Test
  void noFraction_tellsWhetherOneRecordHasARareValue() throws SQLException {
    assertThat(percentiles("rare")).isEqualTo(percentiles("shared")).doesNotContain("9999");
  }

  private List<String> percentiles(String column) throws SQLException {
    var told = new ArrayList<String>();
    for (int percent :
        IntStream.rangeClosed(0, 100).filter(p -> p % 5 != 0 || p % 10 == 5).toArray()) {
      var fraction = BigDecimal.valueOf(percent, 2).toPlainString();
      var outcome =
          answers.outcome(
              "SELECT PERCENTILE_DISC("
                  + fraction
                  + ") WITHIN GROUP (ORDER BY "
                  + column
                  + ") FROM t");
      told.add(
          outcome instanceof ExactRelease.Outcome.Shown shown
              ? Engine.text(shown.answer())
              : "refused");
    }
    return told;
  }
}
