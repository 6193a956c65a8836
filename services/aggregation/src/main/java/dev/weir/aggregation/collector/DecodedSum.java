package dev.weir.aggregation.collector;

import dev.weir.aggregation.task.TaskNoise;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the integers of a task of clipped vectors stand for. Immutable.
 *
 * @param sum of all contributors' clipped records, with the noise of both aggregators
 * @param meanPerRecord the same for each record, where a report is one record; otherwise nobody but
 *     the contributors knows how many records there are
 * @param standardDeviation of the noise of an element of the sum
 * @param halfWidth95 |noise| of an element of the sum is at most this in 95 of 100 cases
 */
public record DecodedSum(
    List<Double> sum,
    Optional<List<Double>> meanPerRecord,
    double standardDeviation,
    double halfWidth95) {
  public DecodedSum {
    sum = List.copyOf(sum);
    meanPerRecord = meanPerRecord.map(List::copyOf);
  }

  /** Empty where a task's terms encode nothing. */
  static Optional<DecodedSum> of(TaskNoise noise, long reports, List<BigInteger> values) {
    return noise.encoding().map(encoding -> of(noise, encoding, reports, values));
  }

  private static DecodedSum of(
      TaskNoise noise, FixedPointEncoding encoding, long reports, List<BigInteger> values) {
    double[] sum = encoding.decode(values, reports);
    boolean countsRecords = encoding.records() == 1 && reports > 0;
    var variance = noise.varianceOfBoth();
    double deviation =
        Math.sqrt(variance.numerator().doubleValue() / variance.denominator().doubleValue());
    return new DecodedSum(
        listed(sum, 1),
        countsRecords ? Optional.of(listed(sum, reports)) : Optional.empty(),
        Math.scalb(deviation, -encoding.fractionBits()),
        Math.scalb(GaussianError.anyHalfWidth95(variance).doubleValue(), -encoding.fractionBits()));
  }

  private static List<Double> listed(double[] values, long divisor) {
    return Arrays.stream(values).map(value -> value / divisor).boxed().toList();
  }
}
