package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.AnswerAssembler;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.query.plan.render.OverlaySql;
import dev.weir.query.record.DataVersion;
import dev.weir.query.record.DuckDbDatabase;
import dev.weir.query.record.JdbcRecordStore;
import dev.weir.query.record.PostgresDatabase;
import dev.weir.query.record.RecordDatabase;
import dev.weir.query.record.RecordStore;
import dev.weir.query.record.StoredRecord;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.PostgresSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same questions over the same records on DuckDB and on PostgreSQL: every statistic is the
 * same, and so is the answer when no noise is added.
 */
class TwoEnginesTest {
  private static final int RECORDS = 3_000;
  private static final String[] CITIES = {"福州", "厦门", "泉州", "Zhangzhou", "a'b\\c%_"};
  private static final ProductTerms SALES =
      Products.dp("sales")
          .key("city", ColumnType.STRING, "福州", "厦门", "泉州", "无人区", "a'b\\c%_")
          .measure("amount", ColumnType.DECIMAL, 2, "-50", "400", "0.05")
          .measure("qty", ColumnType.INTEGER, 0, "0", "12", "1")
          .measure("ratio", ColumnType.DOUBLE, 0, "-2", "2", "0.125")
          .key("flag", ColumnType.BOOLEAN, "true", "false")
          .column("sold_on", ColumnType.DATE, ColumnConstraint.PLAINTEXT)
          .column("sold_at", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
          .column("备注", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .build();
  private static final ProductTerms VISITS =
      Products.dp("visits")
          .person("person", 2, 3)
          .column("person", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .key("city", ColumnType.STRING, "福州", "厦门", "泉州")
          .measure("amount", ColumnType.DECIMAL, 2, "0", "100", "0.01")
          .build();
  private static final ProductTerms FACTS =
      Products.exact("facts")
          .minGroup(5)
          .column("city", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .decimal("amount", 2, ColumnConstraint.PLAINTEXT)
          .column("qty", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .column("flag", ColumnType.BOOLEAN, ColumnConstraint.PLAINTEXT)
          .column("sold_on", ColumnType.DATE, ColumnConstraint.PLAINTEXT)
          .column("sold_at", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
          .column("grade", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
          .build();
  private static final ProductTerms PLACES =
      Products.exact("places")
          .minGroup(1)
          .unique("name", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .key("region", ColumnType.STRING, "沿海", "inland")
          .build();
  private static final List<ProductTerms> PRODUCTS = List.of(SALES, VISITS, FACTS, PLACES);

  @TempDir static Path directory;
  private static EmbeddedPostgres postgres;
  private static List<RecordDatabase> engines;
  private final QueryPlanner planner = new QueryPlanner();

  @BeforeAll
  static void load() {
    postgres = EmbeddedPostgres.start(PostgresSettings.temporary(directory));
    var duck = DuckDbDatabase.open(directory.resolve("duck"), 256, 1);
    var server =
        new PostgresDatabase(postgres.dataSource("postgres", postgres.superuser()), "public");
    load(JdbcRecordStore.onDuckDb(duck));
    load(JdbcRecordStore.onPostgres(server));
    engines = List.of(duck, server);
  }

  @AfterAll
  static void close() {
    engines.forEach(RecordDatabase::close);
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM sales",
        "SELECT city, COUNT(*), SUM(amount), AVG(qty) FROM sales GROUP BY city ORDER BY city",
        "SELECT flag, COUNT(qty), SUM(ratio), AVG(ratio) FROM sales GROUP BY flag ORDER BY 1",
        "SELECT MEDIAN(amount), PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY qty), PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY ratio) FROM sales",
        "SELECT city, PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY amount) FROM sales WHERE qty > 3 GROUP BY city ORDER BY city",
        "SELECT COUNT(*) FILTER (WHERE ratio > 0.5), COUNT(*) FILTER (WHERE ratio < 0), COUNT(*) FILTER (WHERE ratio IS NULL) FROM sales",
        "SELECT COUNT(*) FROM sales WHERE ratio >= 1.75 OR ratio < -1.9",
        "SELECT SUM(amount * 2 + qty), SUM(-amount) FROM sales WHERE NOT flag",
        "SELECT SUM(CASE WHEN flag THEN amount ELSE qty END) FROM sales",
        "SELECT COUNT(*) FROM sales WHERE city = '福州' AND sold_on BETWEEN DATE '1969-06-01' AND DATE '2001-03-01'",
        "SELECT EXTRACT(MONTH FROM sold_on) y, EXTRACT(DOW FROM sold_on) w, COUNT(*) FROM sales GROUP BY 1, 2 ORDER BY 1, 2",
        "SELECT EXTRACT(HOUR FROM sold_at) h, COUNT(*) FROM sales WHERE sold_at < TIMESTAMP '1980-01-01 00:00:00' GROUP BY 1 ORDER BY 1",
        "SELECT COUNT(*) FROM sales WHERE FLOOR(sold_at TO DAY) = TIMESTAMP '1969-12-31 00:00:00' OR FLOOR(sold_at TO MONTH) = TIMESTAMP '2000-02-01 00:00:00'",
        "SELECT COUNT(*) FROM sales WHERE sold_on = sold_at",
        "SELECT COUNT(DISTINCT city), COUNT(DISTINCT qty), COUNT(DISTINCT sold_on) FROM sales",
        "SELECT COUNT(*) FROM sales WHERE \"备注\" LIKE '备%注_' OR \"备注\" LIKE '%\\%%' ESCAPE '\\'",
        "SELECT COUNT(*) FROM sales WHERE UPPER(\"备注\") = 'ABC备' OR LOWER(\"备注\") = 'xyz'",
        "SELECT COUNT(*) FROM sales WHERE SUBSTRING(\"备注\" FROM 2 FOR 1) = '注' OR SUBSTRING(\"备注\" FROM 3 FOR 2) > 'M'",
        "SELECT COUNT(*) FROM sales WHERE \"备注\" > 'Z' AND \"备注\" <= '备注9'",
        "SELECT COUNT(*) FROM sales WHERE COALESCE(qty, 7) = 7 OR NULLIF(qty, 3) IS NULL",
        "SELECT COUNT(*) FROM sales WHERE qty IN (1, 2, 5) OR city NOT IN ('福州', '厦门')",
        "SELECT c, COUNT(*) FROM (SELECT CASE WHEN amount > 100.5 THEN 'high' WHEN amount IS NULL THEN 'none' ELSE 'low' END AS c FROM sales) x GROUP BY c ORDER BY c",
        "WITH big AS (SELECT city, amount FROM sales WHERE amount >= 99.99) SELECT city, COUNT(*), SUM(amount) FROM big GROUP BY city HAVING COUNT(*) > 10 ORDER BY 3 DESC LIMIT 3",
        "SELECT COUNT(*) FROM visits",
        "SELECT city, COUNT(*), SUM(amount), AVG(amount) FROM visits GROUP BY city ORDER BY city",
        "SELECT city, MEDIAN(amount) FROM visits WHERE amount > 10 GROUP BY city ORDER BY city",
        "SELECT p.region, COUNT(*), AVG(s.amount) FROM sales s JOIN places p ON p.name = s.city GROUP BY p.region ORDER BY 1",
        "SELECT p.region, SUM(v.amount) FROM visits v JOIN places p ON p.name = v.city GROUP BY p.region ORDER BY 1",
        "SELECT city, COUNT(*), SUM(amount), AVG(amount), MIN(amount), MAX(qty) FROM facts GROUP BY city ORDER BY city",
        "SELECT flag, MEDIAN(amount), PERCENTILE_CONT(0.1) WITHIN GROUP (ORDER BY qty), PERCENTILE_DISC(0.75) WITHIN GROUP (ORDER BY amount) FROM facts GROUP BY flag ORDER BY flag",
        "SELECT sold_on, COUNT(*) FROM facts WHERE sold_on < DATE '1970-02-01' GROUP BY sold_on ORDER BY sold_on",
        "SELECT city, MEDIAN(grade), PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY grade) FROM facts GROUP BY city ORDER BY city",
        "SELECT FLOOR(sold_at TO YEAR) y, COUNT(*), COUNT(DISTINCT city) FROM facts GROUP BY FLOOR(sold_at TO YEAR) ORDER BY 1",
        "SELECT p.region, COUNT(*), SUM(f.amount) FROM facts f JOIN places p ON p.name = f.city WHERE f.qty IS NOT NULL GROUP BY p.region ORDER BY p.region",
        "SELECT COUNT(*), SUM(qty) FILTER (WHERE city IS NULL), SUM(qty) FILTER (WHERE amount < 0) FROM facts"
      })
  void bothEngines_answerAlike(String sql) throws SQLException {
    var plan = planned(sql);
    List<List<RawRow>> duck = run(plan, engines.getFirst());
    List<List<RawRow>> server = run(plan, engines.getLast());
    assertThat(text(server)).isEqualTo(text(duck)).isNotBlank();
    assertThat(shown(plan, server)).isEqualTo(shown(plan, duck)).doesNotContain("TooSmall");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM facts",
        "SELECT city, COUNT(*), MEDIAN(amount) FROM facts WHERE qty >= 2 GROUP BY city",
        "SELECT flag, sold_on, SUM(qty) FROM facts WHERE city <> '福州' GROUP BY flag, sold_on",
        "SELECT FLOOR(sold_at TO YEAR), COUNT(*) FROM facts GROUP BY FLOOR(sold_at TO YEAR)",
        "SELECT p.region, COUNT(*), SUM(f.amount) FILTER (WHERE f.flag) FROM facts f JOIN places p ON p.name = f.city GROUP BY p.region"
      })
  void bothEngines_layAnswersOverEachOtherAlike(String sql) throws SQLException {
    var plan = (ExactPlan) planned(sql);
    var whole = (ExactPlan) planned("SELECT COUNT(*) FROM facts WHERE qty < 3");
    var cells = new ArrayList<String>();
    var shown = new ArrayList<List<List<Optional<String>>>>();
    for (RecordDatabase engine : engines) {
      var outcome = (ExactRelease.Outcome.Shown) ExactRelease.decide(plan, run(plan, engine));
      shown.add(outcome.shownKeys());
      var cohorts =
          List.of(Cohorts.of(plan, engine.dialect()), Cohorts.of(whole, engine.dialect()));
      cells.add(text(List.of(run(OverlaySql.of(cohorts).statement(), engine))));
    }
    assertThat(cells.getLast()).isEqualTo(cells.getFirst()).isNotBlank();
    assertThat(shown.getLast()).as("keys that both engines know").isEqualTo(shown.getFirst());
  }

  private static String shown(CheckedPlan plan, List<List<RawRow>> raw) {
    return switch (plan) {
      case DpPlan dp -> Engine.text(new AnswerAssembler(dp, Engine.withoutNoise()).assemble(raw));
      case ExactPlan exact ->
          switch (ExactRelease.decide(exact, raw)) {
            case ExactRelease.Outcome.Shown outcome -> Engine.text(outcome.answer());
            case ExactRelease.Outcome other -> other.toString();
          };
    };
  }

  /** One line per group, sorted, since groups come in any order. */
  private static String text(List<List<RawRow>> answers) {
    return answers.stream()
        .map(rows ->
            rows.stream()
                .map(row -> row.keys() + " " + row.statistics())
                .sorted()
                .collect(Collectors.joining("\n")))
        .collect(Collectors.joining("\n--\n"));
  }

  private static List<List<RawRow>> run(CheckedPlan plan, RecordDatabase engine)
      throws SQLException {
    var answers = new ArrayList<List<RawRow>>();
    for (EngineStatement statement : plan.statements(engine.dialect())) {
      answers.add(run(statement, engine));
    }
    return answers;
  }

  private static List<RawRow> run(EngineStatement statement, RecordDatabase engine)
      throws SQLException {
    var versions = new HashMap<ResourceId, Long>();
    PRODUCTS.forEach(p -> versions.put(p.resourceId(), 1L));
    try (var connection = engine.open();
        var prepared = connection.prepareStatement(statement.sql())) {
      JdbcStatements.bind(prepared, statement, new Bindings(versions, Engine.SELECTION_KEY));
      try (var result = prepared.executeQuery()) {
        return JdbcStatements.rows(result, statement);
      }
    }
  }

  private CheckedPlan planned(String sql) {
    var outcome =
        planner.plan(sql, PRODUCTS, Products.PARTY, PlanParameters.spending(10_000_000, 5));
    assertThat(outcome).as(sql).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan();
  }

  private static void load(RecordStore store) {
    fill(store, SALES, TwoEnginesTest::sale);
    fill(store, VISITS, TwoEnginesTest::visit);
    fill(store, FACTS, TwoEnginesTest::fact);
    var places = List.of("福州", "厦门", "泉州", "Zhangzhou", "福州");
    fill(
        store,
        PLACES,
        places.size(),
        random -> List.of(places.get(random.next), random.next < 3 ? "沿海" : "inland"));
  }

  private static void fill(RecordStore store, ProductTerms product, Maker maker) {
    fill(store, product, RECORDS, maker);
  }

  private static void fill(RecordStore store, ProductTerms product, int count, Maker maker) {
    List<Column> columns = product.columns().stream().map(ProductColumn::column).toList();
    var version = new DataVersion(product.resourceId(), 1, new RecordSchema(columns), count);
    var numbers = new Numbers();
    var records = new ArrayList<StoredRecord>();
    for (int i = 0; i < count; i++) {
      numbers.next = i;
      records.add(new StoredRecord("%032x".formatted(i), maker.make(numbers)));
    }
    store.begin(version, List.of(0L));
    store.append(version, records, List.of((long) count));
    store.complete(version);
  }

  private static List<@Nullable Object> sale(Numbers random) {
    return Arrays.<@Nullable Object>asList(
        random.city(),
        random.orNull(random.amount()),
        random.orNull((long) random.nextInt(20) - 3),
        random.orNull(random.real()),
        random.orNull(random.nextBoolean()),
        random.orNull((long) random.nextInt(12_000) - 200),
        random.orNull(random.micros()),
        random.orNull(random.note()));
  }

  private static List<@Nullable Object> visit(Numbers random) {
    return Arrays.<@Nullable Object>asList(
        random.orNull("p" + random.nextInt(400)), random.city(), random.orNull(random.amount()));
  }

  private static List<@Nullable Object> fact(Numbers random) {
    return Arrays.<@Nullable Object>asList(
        random.city(),
        random.orNull(random.amount()),
        random.orNull((long) random.nextInt(20) - 3),
        random.orNull(random.nextBoolean()),
        (long) random.nextInt(60) - 10,
        random.micros(),
        random.orNull((long) random.nextInt(4)));
  }

  /** Makes one record. */
  private interface Maker {
    List<@Nullable Object> make(Numbers random);
  }

  /** The same values for both engines. */
  private static final class Numbers extends Random {
    private static final long serialVersionUID = 1L;
    private static final String[] NOTES = {"备注", "备0注1", "abc备", "XYZ", "50%", "注", "", "Ω备注9"};
    private static final double[] REALS = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e308, 0.5
    };
    private int next;

    Numbers() {
      super(20_260_301);
    }

    <T> @Nullable T orNull(T value) {
      return nextInt(20) == 0 ? null : value;
    }

    @Nullable String city() {
      return orNull(CITIES[nextInt(CITIES.length)]);
    }

    long amount() {
      return nextInt(60_000) - 10_000;
    }

    double real() {
      return nextInt(10) == 0 ? REALS[nextInt(REALS.length)] : nextInt(5_000) / 1000.0 - 2.5;
    }

    long micros() {
      return nextInt(4) == 0
          ? (nextInt(172_800) - 86_400) * 1_000_000L - 1
          : nextLong(1_000_000_000_000_000L);
    }

    String note() {
      return NOTES[nextInt(NOTES.length)];
    }
  }
}
