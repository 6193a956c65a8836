package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.ExitCode;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.decision.EngineRule;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  @Test
  void statusOfARefusal_tellsAProgramWhetherToComeAgain() {
    assertThat(Refusals.fault(ProblemType.DAP_INVALID_BATCH_SIZE.urn()).exit())
        .isEqualTo(ExitCode.RETRYABLE);
    assertThat(Refusals.fault(ProblemType.BUDGET_EXHAUSTED.urn()).exit())
        .isEqualTo(ExitCode.BUDGET_EXHAUSTED);
    for (EngineRule rule : EngineRule.values()) {
      assertThat(Refusals.fault(rule.id()).exit()).isEqualTo(ExitCode.DENIED);
    }
    assertThat(Refusals.fault(ProblemType.DAP_BATCH_OVERLAP.urn()).exit())
        .isEqualTo(ExitCode.DENIED);
  }

  @Test
  void purposeOfATask_isMendedByANewTask() {
    var text = Refusals.fault("purpose-bound").text();
    assertThat(text.en()).startsWith("refused: ").contains("(purpose-bound)", "--purpose");
    assertThat(text.zh()).startsWith("收集被拒绝：").contains("（purpose-bound）", "--purpose");
  }
}
