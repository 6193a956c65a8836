package dev.weir.cli.aggregate.federated;

import java.util.List;

/**
 * Logistic regression, trained by full gradients with momentum: each step needs one sum over all
 * records, and it does not matter who adds it up. Confined.
 */
final class LogisticModel {
  private static final double STEP = 6;
  private static final double MOMENTUM = 0.9;

  private final double[] weights = new double[CensusRecord.LENGTH];
  private final double[] velocity = new double[CensusRecord.LENGTH];

  /** What one record says about the weights; its norm is at most 1. */
  double[] gradient(CensusRecord person) {
    double error = probability(person) - (person.rich() ? 1 : 0);
    var gradient = new double[weights.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = error * person.features().get(i);
    }
    return gradient;
  }

  /**
   * One step.
   *
   * @param sum of records' gradients, perhaps noisy
   * @param records how many
   */
  void learn(double[] sum, int records) {
    for (int i = 0; i < weights.length; i++) {
      velocity[i] = MOMENTUM * velocity[i] - STEP * sum[i] / records;
      weights[i] += velocity[i];
    }
  }

  /** The share of people whose side of 50,000 it tells. */
  double accuracy(List<CensusRecord> people) {
    long right =
        people.stream().filter(person -> probability(person) > 0.5 == person.rich()).count();
    return (double) right / people.size();
  }

  private double probability(CensusRecord person) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * person.features().get(i);
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
