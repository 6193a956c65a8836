package dev.weir.aggregation.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemType;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sum that wraps around its field, by its reports or by its noise, is not released. */
class BatchSumTest {
  private static final long LARGEST = 1L << 50;

  @Test
  void batchWhoseSumCouldWrap_isRefused() {
    var task = task(1_000_000_000_000_000L);
    long most = task.mostReports();
    assertThat(most).isBetween(8_000L, 8_192L); // 2^63 / 2^50, less what noise takes
    assertThat(batch(most).refusal(task)).isEmpty();
    assertThat(batch(most + 1).refusal(task))
        .hasValueSatisfying(
            refusal -> assertThat(refusal.problem()).isEqualTo(ProblemType.DAP_INVALID_BATCH_SIZE));
  }

  @Test
  void noiseThatAloneCouldWrap_leavesNoBatch() {
    var task = task(100);
    assertThat(task.noise().tail()).isGreaterThan(BigInteger.ONE.shiftLeft(60));
    assertThat(task.mostReports()).isZero();
    assertThat(batch(100).refusal(task)).isPresent();
  }

  private static AggregationTask task(long nanoRho) {
    return RehearsalTask.aTask()
        .vdaf(new VdafConfiguration.Sum(LARGEST))
        .nanoRho(nanoRho)
        .make()
        .task;
  }

  private static BatchSum batch(long reports) {
    var sum = new Bucket(reports, Bytes.owning(new byte[32]), 1, 1, Bytes.EMPTY);
    return new BatchSum(true, sum, 3, Map.of(), Map.of());
  }
}
