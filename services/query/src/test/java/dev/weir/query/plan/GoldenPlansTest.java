package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.AnswerAssembler;
import dev.weir.query.plan.answer.ExactRelease;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans run on a real engine over real records and agree with independent plain SQL. */
class GoldenPlansTest {
  private static final Path DATA = Path.of(System.getProperty("weir.data", "none"));
  private final QueryPlanner planner = new QueryPlanner();
  private Engine engine;

  @BeforeEach
  void open() throws SQLException {
    engine = new Engine();
  }

  @AfterEach
  void close() throws SQLException {
    engine.close();
  }

  private ProductTerms taxis() throws SQLException {
    Path file = DATA.resolve("transport-nyc-taxi/taxis.csv");
    assumeTrue(Files.exists(file), "shared data is absent: set weir.data");
    engine.execute("CREATE TABLE taxis AS SELECT * FROM read_csv('" + file + "')");
    ProductTerms product =
        Products.dp("taxis")
            .key("payment", ColumnType.STRING, "cash", "credit card", "cheque")
            .measure("fare", ColumnType.DECIMAL, 2, "0", "100", "0.01")
            .measure("distance", ColumnType.DOUBLE, 0, "0", "30", "0.1")
            .column("pickup", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
            .measure("passengers", ColumnType.INTEGER, 0, "0", "6", "1")
            .column("pickup_zone", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
            .column("dropoff_zone", ColumnType.STRING)
            .build();
    engine.load(
        product,
        "taxis",
        "payment",
        "CAST(round(fare * 100) AS BIGINT)",
        "distance",
        "pickup",
        "passengers",
        "pickup_zone",
        "dropoff_zone");
    return product;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM taxis | SELECT count(*) FROM taxis",
        "SELECT payment, COUNT(*), SUM(fare) FROM taxis GROUP BY payment ORDER BY 2 DESC | SELECT k, count(payment), coalesce(sum(CASE WHEN fare > 100 THEN 100 ELSE fare END), 0) FROM (VALUES ('cash'), ('credit card'), ('cheque')) d(k) LEFT JOIN taxis ON payment = k GROUP BY k ORDER BY 2 DESC",
        "SELECT AVG(fare), COUNT(fare) FROM taxis WHERE passengers BETWEEN 2 AND 4 | SELECT avg(least(fare, 100)), count(fare) FROM taxis WHERE passengers >= 2 AND passengers <= 4",
        "SELECT SUM(fare * 2 + passengers) FROM taxis WHERE NOT payment = 'cash' | SELECT sum(least(fare, 100) * 2 + passengers) FROM taxis WHERE payment <> 'cash'",
        "SELECT COUNT(*) FILTER (WHERE distance > 2.5), COUNT(*) FILTER (WHERE payment IS NULL) FROM taxis | SELECT sum(CASE WHEN distance > 2.5 THEN 1 ELSE 0 END), sum(CASE WHEN payment IS NULL THEN 1 ELSE 0 END) FROM taxis",
        "SELECT EXTRACT(DOW FROM pickup) d, COUNT(*) FROM taxis GROUP BY 1 ORDER BY d | SELECT dayofweek(pickup) d, count(*) FROM taxis GROUP BY 1 ORDER BY 1",
        "SELECT MEDIAN(fare), PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY passengers) FROM taxis | SELECT quantile_disc(floor(fare * 100 / 3) * 3 / 100, 0.5), quantile_disc(passengers, 0.9) FROM taxis",
        "SELECT c, COUNT(*) FROM (SELECT CASE WHEN fare > 20 THEN 'long' ELSE 'short' END AS c FROM taxis WHERE pickup >= '2019-03-10') x GROUP BY c ORDER BY c | SELECT CASE WHEN fare > 20 THEN 'long' ELSE 'short' END c, count(*) FROM taxis WHERE pickup >= TIMESTAMP '2019-03-10 00:00:00' GROUP BY 1 ORDER BY 1",
        "SELECT COUNT(*) FROM taxis WHERE UPPER(pickup_zone) LIKE 'M%\\_%' ESCAPE '\\' OR SUBSTRING(pickup_zone FROM 1 FOR 3) = 'Mid' | SELECT count(*) FROM taxis WHERE pickup_zone LIKE 'M%$_%' ESCAPE '$' OR pickup_zone[1:3] = 'Mid'",
        "SELECT COUNT(DISTINCT pickup_zone) FROM taxis WHERE FLOOR(pickup TO DAY) = DATE '2019-03-05' | SELECT count(DISTINCT pickup_zone) FROM taxis WHERE CAST(pickup AS DATE) = DATE '2019-03-05'",
        "SELECT payment, COUNT(*) FROM taxis GROUP BY payment HAVING COUNT(*) > 2000 ORDER BY 1 LIMIT 1 | SELECT payment, count(*) FROM taxis GROUP BY payment HAVING count(*) > 2000 ORDER BY 1 LIMIT 1"
      })
  void dpPlans_withoutNoise_agreeWithPlainSql(String sql, String plain) throws SQLException {
    // given
    ProductTerms taxis = taxis();
    // when
    var plan = (DpPlan) planned(sql, taxis);
    var answer = new AnswerAssembler(plan, Engine.withoutNoise()).assemble(engine.run(plan));
    // then
    assertThat(Engine.text(answer)).isEqualTo(plainText(plain));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT \"month\", COUNT(*), AVG(temp), SUM(iws) FROM air WHERE \"year\" = 2012 GROUP BY \"month\" ORDER BY 1 | SELECT month, count(*), avg(TEMP), sum(Iws) FROM air WHERE year = 2012 GROUP BY 1 ORDER BY 1",
        "SELECT cbwd, MEDIAN(temp), PERCENTILE_CONT(0.1) WITHIN GROUP (ORDER BY iws), PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY pres) FROM air GROUP BY cbwd ORDER BY cbwd | SELECT cbwd, quantile_cont(TEMP, 0.5), quantile_cont(Iws, 0.1), quantile_disc(PRES, 0.25) FROM air GROUP BY 1 ORDER BY 1",
        "SELECT COUNT(pm), MIN(temp), MAX(temp), COUNT(DISTINCT cbwd) FROM air | SELECT count(pm), min(TEMP), max(TEMP), count(DISTINCT cbwd) FROM air"
      })
  void exactPlans_agreeWithPlainSql(String sql, String plain) throws SQLException {
    // given
    ProductTerms air = air();
    // when
    var plan = (ExactPlan) planned(sql, air);
    var outcome = ExactRelease.decide(plan, engine.run(plan));
    // then
    assertThat(outcome).isInstanceOf(ExactRelease.Outcome.Shown.class);
    var shown = (ExactRelease.Outcome.Shown) outcome;
    assertThat(Engine.text(shown.answer())).isEqualTo(plainText(plain));
  }

  @Test
  void adults_joinedWithAPublicTable_agreeWithPlainSql() throws SQLException {
    // given
    Path file = DATA.resolve("census-adult/adult.data");
    assumeTrue(Files.exists(file), "shared data is absent: set weir.data");
    engine.execute(
        "CREATE TABLE adults AS SELECT trim(column01) w, column00 age, trim(column13) c FROM read_csv('"
            + file
            + "', header=false, names=['column00','column01','column02','column03','column04','column05','column06','column07','column08','column09','column10','column11','column12','column13','column14'])");
    ProductTerms adults =
        Products.dp("adults")
            .column("country", ColumnType.STRING, ColumnConstraint.JOIN_KEY_ONLY)
            .measure("age", ColumnType.INTEGER, 0, "17", "90", "1")
            .build();
    ProductTerms regions =
        Products.exact("regions")
            .unique("name", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
            .key("region", ColumnType.STRING, "Asia", "Europe")
            .build();
    engine.execute(
        "CREATE TABLE regions AS SELECT * FROM (VALUES ('China','Asia'),('Japan','Asia'),('India','Asia'),('Germany','Europe'),('Italy','Europe')) t(name, region)");
    engine.load(adults, "adults", "c", "age");
    engine.load(regions, "regions", "name", "region");
    // when
    var plan =
        (DpPlan)
            planned(
                "SELECT r.region, COUNT(*), AVG(a.age) FROM adults a JOIN regions r ON r.name = a.country GROUP BY r.region ORDER BY 1",
                adults,
                regions);
    var answer = new AnswerAssembler(plan, Engine.withoutNoise()).assemble(engine.run(plan));
    // then
    assertThat(plan.costs()).extracting(Cost::lineage).containsExactly(adults.lineageId());
    assertThat(Engine.text(answer))
        .isEqualTo(
            plainText(
                "SELECT region, count(*), avg(age) FROM adults JOIN regions ON name = c GROUP BY 1 ORDER BY 1"));
  }

  private ProductTerms air() throws SQLException {
    Path file = DATA.resolve("cn-beijing-pm25/PRSA_data_2010.1.1-2014.12.31.csv");
    assumeTrue(Files.exists(file), "shared data is absent: set weir.data");
    engine.execute(
        "CREATE TABLE air AS SELECT *, TRY_CAST(\"pm2.5\" AS BIGINT) pm FROM read_csv('"
            + file
            + "')");
    ProductTerms product =
        Products.exact("air")
            .column("year", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
            .column("month", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
            .column("cbwd", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
            .filled()
            .column("temp", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
            .filled()
            .column("pres", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
            .column("pm", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
            .decimal("iws", 2, ColumnConstraint.PLAINTEXT)
            .build();
    engine.load(
        product,
        "air",
        "year",
        "month",
        "cbwd",
        "CAST(TEMP AS BIGINT)",
        "CAST(PRES AS BIGINT)",
        "pm",
        "CAST(round(Iws * 100) AS BIGINT)");
    return product;
  }

  private CheckedPlan planned(String sql, ProductTerms... products) {
    var outcome =
        planner.plan(
            sql, List.of(products), Products.PARTY, PlanParameters.spending(10_000_000, 1));
    assertThat(outcome).as(sql).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan();
  }

  private String plainText(String sql) throws SQLException {
    return String.join(
        "\n",
        engine.plain(sql).stream()
            .map(row -> String.join(" ", row.stream().map(GoldenPlansTest::rounded).toList()))
            .toList());
  }

  private static String rounded(String cell) {
    try {
      BigDecimal value = new BigDecimal(cell);
      return Engine.number(value.setScale(4, RoundingMode.HALF_EVEN));
    } catch (NumberFormatException e) {
      return cell;
    }
  }
}
