package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.check.Combinations;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.check.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Random chains of questions whose cohorts almost meet: 1,000 records, minimum group 50. The
 * attacker has a solver of its own, which looks at every combination of what was released.
 */
class TrackerChainsTest {
  private static final int RECORDS = 1_000;
  private static final int MIN_GROUP = 50;
  private static final int CHAINS = 60;
  private static final int LENGTH = 5;
  private static final long SEED = 20_260_311;
  private static final ProductTerms PRODUCT =
      Products.exact("t")
          .column("i", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .column("g", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .build();

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

  /** What a chain came to. */
  private record Chain(int released, boolean pairIsolates, boolean anyIsolates) {}

  @Test
  void noChain_isolatesFewerRecordsThanTheMinimumGroup() throws SQLException {
    int released = 0;
    for (Chain chain : chains(true)) {
      released += chain.released();
      assertThat(chain.anyIsolates()).as("seed " + SEED).isFalse();
    }
    assertThat(released).as("questions that are safe").isGreaterThan(CHAINS * LENGTH / 3);
  }

  /** The control: without the check many chains isolate a few records, some not by any pair. */
  @Test
  void chains_isolateAFewRecords_whereNothingIsChecked() throws SQLException {
    var chains = chains(false);
    assertThat(chains).filteredOn(Chain::anyIsolates).hasSizeGreaterThan(CHAINS / 3);
    assertThat(chains)
        .filteredOn(chain -> chain.anyIsolates() && !chain.pairIsolates())
        .hasSizeGreaterThan(CHAINS / 10);
  }

  private static List<Chain> chains(boolean checked) throws SQLException {
    var random = new Random(SEED);
    var chains = new ArrayList<Chain>();
    try (var answers = new ExactAnswers(PRODUCT, MIN_GROUP)) {
      answers.load("range(1000) r(i)", "i", "i // 100");
      for (int chain = 0; chain < CHAINS; chain++) {
        chains.add(chain(answers, random, checked));
      }
    }
    return chains;
  }

  private static Chain chain(ExactAnswers answers, Random random, boolean checked)
      throws SQLException {
    var told = new ArrayList<ReleasedCohorts>();
    var cohorts = new ArrayList<BitSet>();
    var cuts = random.ints(4, 1, 10).sorted().map(cut -> cut * 100).toArray();
    for (int question = 0; question < LENGTH; question++) {
      var asked = asked(cuts, random);
      var mine = answers.released("SELECT SUM(i) FROM t WHERE " + asked.condition());
      if (mine.isPresent()
          && (!checked || answers.verdict(mine.get(), told, List.of()) == Verdict.SAFE)) {
        told.add(mine.get());
        cohorts.add(asked.cohort());
      }
    }
    boolean any = Combinations.isolate(cohorts, RECORDS, MIN_GROUP);
    boolean pair = false;
    for (int i = 0; i < cohorts.size(); i++) {
      for (int j = 0; j < i; j++) {
        pair |= Combinations.isolate(List.of(cohorts.get(i), cohorts.get(j)), RECORDS, MIN_GROUP);
      }
    }
    return new Chain(told.size(), pair, any);
  }

  /** Between two of a few cuts, one of them moved by a few records now and then. */
  private static Asked asked(int[] cuts, Random random) {
    int a = random.nextInt(cuts.length);
    int b = random.nextInt(cuts.length);
    int nudge = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    int from = a == b ? 0 : Math.min(cuts[a], cuts[b]);
    int to = Math.max(cuts[a], cuts[b]) + nudge;
    int group = random.nextInt(10);
    return switch (random.nextInt(4)) {
      case 0 -> Asked.of("i < " + to, i -> i < to);
      case 1 -> Asked.of("i < " + from + " OR i >= " + to, i -> i < from || i >= to);
      case 2 ->
          Asked.of(
              "i >= " + from + " AND i < " + to + " AND g <> " + group,
              i -> i >= from && i < to && i / 100 != group);
      default -> Asked.of("i >= " + from + " AND i < " + to, i -> i >= from && i < to);
    };
  }
}
