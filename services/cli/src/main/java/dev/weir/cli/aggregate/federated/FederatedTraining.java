package dev.weir.cli.aggregate.federated;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.RehearsedBatch;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.account.EpsilonDelta;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains one model in rounds. In each, every contributor clips the gradient of each of its records,
 * adds them up and uploads one report; two aggregators verify and add the reports and add noise of
 * their own; the collector takes a step with the noisy sum. Replacing one record is what the noise
 * hides, over all rounds. Confined.
 */
final class FederatedTraining {
  static final int CONTRIBUTORS = 10;

  /** δ for which ε is stated. */
  static final double DELTA = 1e-6;

  private static final int FRACTION_BITS = 12;
  private static final long CLIP_UNITS = 1L << FRACTION_BITS;
  private static final int BITS_CHECKED_AT_ONCE = 40;
  private static final double MOST_RHO = 1e6;

  private final List<CensusRecord> people;
  private final int rounds;

  /**
   * @param people shared out among the contributors in turn
   */
  FederatedTraining(List<CensusRecord> people, int rounds) {
    this.people = List.copyOf(people);
    this.rounds = rounds;
  }

  /** The same model where all records are in one hand, without clipping or noise. */
  LogisticModel pooled() {
    var model = new LogisticModel();
    for (int round = 0; round < rounds; round++) {
      var sum = new double[CensusRecord.LENGTH];
      for (CensusRecord person : people) {
        double[] gradient = model.gradient(person);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += gradient[i];
        }
      }
      model.learn(sum, people.size());
    }
    return model;
  }

  /**
   * @param epsilon over all rounds, at {@link #DELTA}, for one honest aggregator
   */
  LogisticModel federated(double epsilon) {
    var clock = InstantSource.system();
    var task = task(nanoRho(epsilon) / rounds, clock);
    var encoding = task.task.encoding().orElseThrow();
    var makers = new ArrayList<ReportMaker>();
    for (int i = 0; i < CONTRIBUTORS; i++) {
      makers.add(task.maker(i, clock));
    }
    var model = new LogisticModel();
    for (int round = 0; round < rounds; round++) {
      var batch = new RehearsedBatch(task, clock);
      for (int i = 0; i < CONTRIBUTORS; i++) {
        var gradients = of(i).stream().map(model::gradient).toList();
        if (!batch.add(makers.get(i).make(encoding.encode(gradients)))) {
          throw new IllegalStateException("an honest report was refused");
        }
      }
      model.learn(encoding.decode(batch.collect(), CONTRIBUTORS), people.size());
    }
    return model;
  }

  private List<CensusRecord> of(int contributor) {
    var own = new ArrayList<CensusRecord>();
    for (int i = contributor; i < people.size(); i += CONTRIBUTORS) {
      own.add(people.get(i));
    }
    return own;
  }

  private RehearsalTask task(long nanoRho, InstantSource clock) {
    int each = (people.size() + CONTRIBUTORS - 1) / CONTRIBUTORS;
    var vectors = new VectorTerms(CLIP_UNITS, FRACTION_BITS, each, rounds);
    long largest = vectors.encoding(CensusRecord.LENGTH).maxMeasurement();
    return RehearsalTask.aTask()
        .vectors(vectors)
        .vdaf(new VdafConfiguration.SumVec(CensusRecord.LENGTH, largest, BITS_CHECKED_AT_ONCE))
        .contributors(CONTRIBUTORS, CONTRIBUTORS)
        .minBatch(CONTRIBUTORS)
        .nanoRho(nanoRho)
        .clock(clock)
        .make();
  }

  /** What the least noise that a task can declare for each round costs. */
  static double leastEpsilon(int rounds) {
    return EpsilonDelta.epsilon(rounds, DELTA);
  }

  /** The largest ρ in nano that costs at most ε at δ. */
  static long nanoRho(double epsilon) {
    long low = 0;
    long high = (long) (MOST_RHO * 1e9);
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (EpsilonDelta.epsilon(middle, DELTA) <= epsilon) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
