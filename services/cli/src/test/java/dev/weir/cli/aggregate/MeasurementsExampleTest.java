package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.Vdaf;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeasurementsExampleTest {
  private static final int ROWS = 500;

  static Stream<VdafConfiguration> functions() {
    return Stream.of(
        new VdafConfiguration.Count(),
        new VdafConfiguration.Sum(1),
        new VdafConfiguration.Sum(1L << 40),
        new VdafConfiguration.Histogram(8, 3),
        new VdafConfiguration.SumVec(5, 255, 2),
        new VdafConfiguration.UnverifiedSumVec(4, 7),
        new VdafConfiguration.MultihotCountVec(6, 2, 6));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyRow_isOneThatUploadTakes(VdafConfiguration vdaf) {
    var random = new SplittableRandom(1);
    var reader = new Measurements(vdaf);
    var sharding = Vdaf.of(TaskVdaf.instance(vdaf), new byte[0]);
    var nonce = Nonce.random(new SecureRandom());
    var seen = new HashSet<String>();
    for (int i = 0; i < ROWS; i++) {
      String row = MeasurementsExample.row(vdaf, random);
      seen.add(row);
      assertThatCode(() -> sharding.shard(reader.of(row), nonce, new SecureRandom()))
          .as(row)
          .doesNotThrowAnyException();
    }
    assertThat(seen).hasSizeGreaterThan(1);
  }

  @Test
  void everyRecordOfAFederatedTask_isOneThatUploadTakes_andSomeAreClipped() {
    var encoding = new FixedPointEncoding(3, 1 << 10, 10, ROWS);
    var random = new SplittableRandom(1);
    var sum = encoding.sum();
    for (int i = 0; i < ROWS; i++) {
      sum.add(new DecimalRow(3).of(MeasurementsExample.record(encoding, random)));
    }
    assertThat(sum.clipped()).isBetween(1, ROWS - 1);
  }
}
