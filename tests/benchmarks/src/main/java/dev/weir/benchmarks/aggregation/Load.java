package dev.weir.benchmarks.aggregation;

import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reports that were made beforehand, as bodies of uploads, and what they add up to. Immutable.
 *
 * @param reports how many in all bodies
 */
record Load(List<Bytes> bodies, int reports, BigInteger sum) {
  /**
   * @param perRequest reports in each body; divides {@code reports}
   */
  static Load of(
      BenchTask task,
      Kind kind,
      HpkeConfig leader,
      HpkeConfig helper,
      int reports,
      int perRequest) {
    var all = reports(task, kind, leader, helper, reports);
    var bodies = new ArrayList<Bytes>();
    for (int from = 0; from < reports; from += perRequest) {
      bodies.add(new UploadRequest(all.subList(from, from + perRequest)).encoded());
    }
    long sum = IntStream.range(0, reports).mapToLong(kind::value).sum();
    return new Load(List.copyOf(bodies), reports, BigInteger.valueOf(sum));
  }

  /** The contributors of the task make them in turn. */
  static List<Report> reports(
      BenchTask task, Kind kind, HpkeConfig leader, HpkeConfig helper, int reports) {
    var random = new SecureRandom();
    var makers =
        task.signers().stream()
            .map(signer ->
                new ReportMaker(
                    task.task().task(), leader, helper, signer, Clock.systemUTC(), random))
            .toList();
    return IntStream.range(0, reports)
        .parallel()
        .mapToObj(i -> makers.get(i % makers.size()).make(kind.measurement(i)))
        .toList();
  }
}
