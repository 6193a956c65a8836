package dev.weir.aggregation.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.wire.Bytes;
import org.junit.jupiter.api.Test;

class ContributorRatesTest {
  private static final TaskId TASK = new TaskId(Bytes.owning(new byte[TaskId.LENGTH]));
  private static final ContributorId CONTRIBUTOR =
      new ContributorId(Bytes.owning(new byte[ContributorId.LENGTH]));

  /** However large one request is: what is only claimed takes half a burst at the most. */
  @Test
  void claims_leaveHalfTheBurstToWhoeverSigns() {
    var rates = new ContributorRates(1_000, 1_000, () -> 0);
    assertThat(rates.takeClaimed(TASK, CONTRIBUTOR, 6_100)).isFalse();
    assertThat(rates.takeClaimed(TASK, CONTRIBUTOR, 500)).isTrue();
    assertThat(rates.takeClaimed(TASK, CONTRIBUTOR, 1)).isFalse();
    assertThat(rates.takeProven(TASK, CONTRIBUTOR, 500)).isEmpty();
    assertThat(rates.takeProven(TASK, CONTRIBUTOR, 1)).isPresent();
  }
}
