package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.DifferencingCheck;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.check.Verdict;
import dev.weir.query.plan.render.Cohorts;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Random pairs of questions whose cohorts differ by a few records: none is released in which two
 * sums, or a sum and the whole, tell fewer records apart than the minimum group. 1,000 records.
 */
class RandomPairsTest {
  private static final int RECORDS = 1_000;
  private static final int MIN_GROUP = 50;
  private static final int PAIRS = 300;
  private static final long SEED = 20_260_311;
  private static final ProductTerms PRODUCT =
      Products.exact("t")
          .column("i", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .column("g", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .build();
  private final QueryPlanner planner = new QueryPlanner();

  /** A question and the records it is about. */
  private record Asked(String condition, BitSet cohort) {
    static Asked of(String condition, IntPredicate member) {
      var cohort = new BitSet(RECORDS);
      for (int i = 0; i < RECORDS; i++) {
        cohort.set(i, member.test(i));
      }
      return new Asked(condition, cohort);
    }
  }

  @Test
  void noPair_tellsFewerRecordsApartThanTheMinimumGroup() throws SQLException {
    var random = new Random(SEED);
    int dangerous = 0;
    int leaked = 0;
    int released = 0;
    try (var engine = new Engine()) {
      engine.load(PRODUCT, "range(1000) r(i)", "i", "i // 100");
      for (int pair = 0; pair < PAIRS; pair++) {
        var first = asked(random);
        var second = neighbour(first, random);
        var a = released(engine, first);
        var b = released(engine, second);
        if (a.isEmpty() || b.isEmpty()) {
          continue;
        }
        boolean tells = tells(first.cohort(), second.cohort());
        dangerous += tells ? 1 : 0;
        boolean safe = verdict(engine, a.get(), b.get()) == Verdict.SAFE;
        leaked += tells && safe ? 1 : 0;
        released += safe ? 1 : 0;
      }
    }
    assertThat(leaked).as("seed " + SEED).isZero();
    // The control: without the check all these would have been released.
    assertThat(dangerous).isGreaterThan(PAIRS / 5);
    assertThat(released).as("pairs that are safe").isGreaterThan(PAIRS / 20);
  }

  private static Asked asked(Random random) {
    int from = random.nextInt(400);
    int to = from + 100 + random.nextInt(400);
    return Asked.of("i >= " + from + " AND i < " + to, i -> i >= from && i < to);
  }

  private static Asked neighbour(Asked asked, Random random) {
    int low = asked.cohort().nextSetBit(0);
    int high = asked.cohort().length();
    int step = random.nextInt(120) - 20;
    int one = low + random.nextInt(high - low);
    int group = random.nextInt(10);
    return switch (random.nextInt(6)) {
      case 0 ->
          Asked.of("i >= " + low + " AND i < " + (high + step), i -> i >= low && i < high + step);
      case 1 ->
          Asked.of("i < " + low + " OR i >= " + (high - step), i -> i < low || i >= high - step);
      case 2 ->
          Asked.of(
              asked.condition() + " AND NOT i = " + one, i -> asked.cohort().get(i) && i != one);
      case 3 ->
          Asked.of(
              "i BETWEEN " + (low - step) + " AND " + (high - 1), i -> i >= low - step && i < high);
      case 4 ->
          Asked.of(
              "(" + asked.condition() + ") AND g <> " + group,
              i -> asked.cohort().get(i) && i / 100 != group);
      default ->
          Asked.of(
              "NOT (" + asked.condition() + " OR i IN (1, 2, 999))",
              i -> !asked.cohort().get(i) && i != 1 && i != 2 && i != 999);
    };
  }

  /** What an attacker can subtract: one from the other, both from the whole, or their overlap. */
  private static boolean tells(BitSet a, BitSet b) {
    var onlyA = minus(a, b);
    var onlyB = minus(b, a);
    var both = minus(a, onlyA);
    int neither = RECORDS - onlyA.cardinality() - b.cardinality();
    boolean disjoint = both.isEmpty();
    return few(onlyA.cardinality())
        || few(onlyB.cardinality())
        || (neither == 0 && few(both.cardinality()))
        || (disjoint && few(neither));
  }

  private static BitSet minus(BitSet a, BitSet b) {
    var rest = (BitSet) a.clone();
    rest.andNot(b);
    return rest;
  }

  private static boolean few(int records) {
    return records > 0 && records < MIN_GROUP;
  }

  private static Verdict verdict(Engine engine, ReleasedCohorts a, ReleasedCohorts b)
      throws SQLException {
    var cells = engine.run(DifferencingCheck.statement(a, b));
    return DifferencingCheck.check(cells, a, b, RECORDS, MIN_GROUP);
  }

  /** Empty when the question alone is refused. */
  private Optional<ReleasedCohorts> released(Engine engine, Asked asked) throws SQLException {
    var outcome =
        planner.plan(
            "SELECT SUM(i) FROM t WHERE " + asked.condition(),
            java.util.List.of(PRODUCT),
            Products.PARTY,
            PlanParameters.spending(1, MIN_GROUP));
    var plan = (ExactPlan) ((PlanOutcome.Planned) outcome).plan();
    return ExactRelease.decide(plan, engine.run(plan)) instanceof ExactRelease.Outcome.Shown shown
        ? Optional.of(
            new ReleasedCohorts(Cohorts.of(plan, EngineDialect.DUCKDB), shown.shownKeys()))
        : Optional.empty();
  }
}
