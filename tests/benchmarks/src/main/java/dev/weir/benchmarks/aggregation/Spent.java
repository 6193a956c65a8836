package dev.weir.benchmarks.aggregation;

/**
 * Processor time in seconds. Immutable.
 *
 * @param broker all that is not an aggregator; the database has no work for single reports
 */
record Spent(double leader, double helper, double broker) {
  static Spent soFar(AggregationStack stack) {
    return new Spent(
        stack.aggregators().leader().cpuSeconds(),
        stack.aggregators().helper().cpuSeconds(),
        stack.brokerCpuSeconds());
  }

  Spent minus(Spent earlier) {
    return new Spent(leader - earlier.leader, helper - earlier.helper, broker - earlier.broker);
  }

  double aggregators() {
    return leader + helper;
  }
}
