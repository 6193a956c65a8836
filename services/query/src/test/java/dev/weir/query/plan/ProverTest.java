package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.expr.Evaluation;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.logic.Prover;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.render.Cohorts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** a is never lacking, b and s may be; d is a day, c has two decimals. */
class ProverTest {
  private static final long SEED = 20_261_122;
  private static final int PAIRS = 1_000;
  private static final ProductTerms PRODUCT =
      Products.exact("t")
          .column("a", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .filled()
          .column("b", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .column("s", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .column("d", ColumnType.DATE, ColumnConstraint.PLAINTEXT)
          .decimal("c", 2, ColumnConstraint.PLAINTEXT)
          .build();

  private final QueryPlanner planner = new QueryPlanner();
  private final Prover prover = new Prover(steps -> {});

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a < 5 | a < 6",
        "a < 5 | a <= 4",
        "a > 3 AND a < 5 | a = 4",
        "a > 3 AND a < 6 AND a <> 4 | a = 5",
        "a = 4 AND b = 2 | a = 4",
        "a = 4 | a IN (3, 4)",
        "a IN (3, 4) | a IN (2, 3, 4, 9)",
        "a NOT IN (3, 4) | a <> 3",
        "a < 2 OR a > 7 | a <> 5",
        "(a = 1 OR b = 1) AND a <> 1 | b = 1",
        "b = 3 | b IS NOT NULL",
        "b + 1 > 3 | b IS NOT NULL",
        "b <> 3 OR b = 3 | b IS NOT NULL",
        "b IS NOT NULL | b <> 3 OR b = 3",
        "NOT (b = 3) | b <> 3",
        "(b = 3) IS NOT TRUE | b <> 3 OR b IS NULL",
        "s = 'SEA' | s LIKE 'S%'",
        "s LIKE 'S%' AND a = 1 | s LIKE 'S%'",
        "s = 'SEA' | s < 'T'",
        "d = DATE '2001-03-01' | d BETWEEN DATE '2001-02-01' AND DATE '2001-04-01'",
        "d > DATE '2001-03-01' AND d < DATE '2001-03-03' | d = DATE '2001-03-02'",
        "c > 1.50 AND c < 1.52 | c = 1.51",
        "a < 5.5 | a <= 5",
        "CASE WHEN a < 3 THEN b = 1 ELSE a = 7 END | a < 3 OR a = 7",
        "CASE WHEN a < 3 THEN 1 WHEN a = 7 THEN 2 ELSE 0 END > 0 | a <= 7",
        "a = 1 AND b = 2 | (a = 1 AND b = 2) OR (a = 3 AND b = 4)"
      })
  void implies_whatNoRecordCanBelie(String narrow, String wide) {
    assertThat(prover.implies(selection(narrow), selection(wide))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a < 6 | a < 5",
        "a < 5 OR (a = 7 AND b = 1) | a < 5",
        "a = 4 | b = 2",
        "b <> 3 | a = 1",
        "c > 1.50 AND c < 1.53 | c = 1.51",
        "s > 'a' AND s < 'c' | s = 'b'",
        "s LIKE 'S%' | s = 'SEA'",
        "b IS NULL | b <> 3",
        "a < 5 | CASE WHEN b = 1 THEN a < 5 ELSE a < 4 END",
        "CASE WHEN a < 3 THEN 1 WHEN a = 7 THEN 2 ELSE 0 END > 0 | a < 7",
        "a = 1 OR a = 2 | a = 1 OR a = 3"
      })
  void doesNotImply_whatARecordCouldBelie(String narrow, String wide) {
    assertThat(prover.implies(selection(narrow), selection(wide))).isFalse();
  }

  @Test
  void impossible_isWhatNoRecordMeets() {
    assertThat(prover.isImpossible(List.of(selection("a < 5"), selection("a > 4")), List.of()))
        .isTrue();
    assertThat(prover.isImpossible(List.of(), List.of(selection("a < 5"), selection("a > 4"))))
        .isTrue();
    assertThat(prover.isImpossible(List.of(), List.of(selection("b < 5"), selection("b > 4"))))
        .as("b may be lacking")
        .isFalse();
  }

  @Test
  void longLists_areProvenInAFewSteps() {
    String list =
        IntStream.range(0, 600).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    var steps = new AtomicLong();
    var prover = new Prover(steps::addAndGet);
    for (String column : List.of("a", "b")) {
      assertThat(
              prover.implies(
                  selection(column + " IN (5, 17)"), selection(column + " IN (" + list + ")")))
          .isTrue();
    }
    assertThat(steps).hasValueLessThan(10_000);
  }

  /** Eight pigeons in seven holes: impossible, and long to see. */
  @Test
  void whatTakesTooLong_isGivenUpUnproven() {
    var clauses = new ArrayList<Expr>();
    for (int pigeon = 0; pigeon < 8; pigeon++) {
      var holes = new ArrayList<Expr>();
      for (int hole = 0; hole < 7; hole++) {
        holes.add(sits(pigeon, hole));
        for (int other = 0; other < pigeon; other++) {
          clauses.add(
              new Expr.Logic(
                  false,
                  List.of(new Expr.Not(sits(pigeon, hole)), new Expr.Not(sits(other, hole)))));
        }
      }
      clauses.add(new Expr.Logic(false, holes));
    }
    var impossible = new Selection(clauses, Map.of(), Set.of());
    var steps = new AtomicLong();
    assertThat(new Prover(steps::addAndGet).isImpossible(List.of(impossible), List.of())).isFalse();
    assertThat(steps).hasValueGreaterThan(10_000L).hasValueLessThanOrEqualTo(20_000L);
  }

  private static Expr sits(int pigeon, int hole) {
    return new Expr.Like(new Expr.Col("t", "s", ExprType.TEXT), pigeon + "%" + hole);
  }

  /** Random conditions over few values: what is proven holds for each of all possible records. */
  @Test
  void whatIsProven_holdsForEveryRecordThereCouldBe() {
    var random = new Random(SEED);
    int proven = 0;
    int missed = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      String narrow = condition(random, 2);
      String wide = condition(random, 2);
      Selection in = selection(narrow);
      Selection out = selection(wide);
      boolean holds =
          records().stream().noneMatch(record -> meets(in, record) && !meets(out, record));
      boolean says = prover.implies(in, out);
      assertThat(says && !holds).as("%s => %s, seed %d", narrow, wide, SEED).isFalse();
      proven += says ? 1 : 0;
      missed += holds && !says ? 1 : 0;
    }
    assertThat(proven).as("proven").isGreaterThan(PAIRS / 20);
    assertThat(missed).as("true of so few values, and not proven").isLessThan(proven);
  }

  private static String condition(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      String left = condition(random, depth - 1);
      String right = condition(random, depth - 1);
      return switch (random.nextInt(5)) {
        case 0 -> "(" + left + " OR " + right + ")";
        case 1 -> "NOT (" + left + ")";
        case 2 -> "(" + left + ") IS NOT TRUE";
        case 3 -> "CASE WHEN " + left + " THEN " + right + " ELSE a = 1 END";
        default -> "(" + left + " AND " + right + ")";
      };
    }
    String column = random.nextBoolean() ? "a" : "b";
    String op = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return switch (random.nextInt(5)) {
      case 0 -> column + " IS NULL";
      case 1 -> column + " IN (0, " + random.nextInt(4) + ")";
      default -> column + " " + op + " " + random.nextInt(4);
    };
  }

  /** Every pair of values from -1 to 4, b lacking among them. */
  private static List<Map<String, BigDecimal>> records() {
    var records = new ArrayList<Map<String, BigDecimal>>();
    for (int a = -1; a <= 4; a++) {
      for (int b = -2; b <= 4; b++) {
        var record = new HashMap<String, BigDecimal>();
        record.put("a", BigDecimal.valueOf(a));
        if (b > -2) {
          record.put("b", BigDecimal.valueOf(b));
        }
        records.add(record);
      }
    }
    return records;
  }

  private static boolean meets(Selection selection, Map<String, BigDecimal> record) {
    var evaluation =
        new Evaluation(
            leaf -> leaf instanceof Expr.Col column ? record.get(column.column()) : null);
    return selection.parts().stream().allMatch(evaluation::holds);
  }

  private Selection selection(String condition) {
    var outcome =
        planner.plan(
            "SELECT COUNT(*) FROM t WHERE " + condition,
            List.of(PRODUCT),
            Products.PARTY,
            PlanParameters.spending(1, 2));
    var plan = (ExactPlan) ((PlanOutcome.Planned) outcome).plan();
    return Cohorts.of(plan, EngineDialect.DUCKDB).families().getFirst().selection();
  }
}
