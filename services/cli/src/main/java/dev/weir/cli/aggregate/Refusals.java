package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.RefusalText;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.decision.EngineRule;

/** Why a collection has no result, as the collector is told it. */
final class Refusals {
  private Refusals() {}

  /**
   * @param id as the collection keeps it: a rule of the engine, or the type of a problem
   */
  static Bilingual text(String id) {
    var text = RefusalText.of(id);
    return id.equals(EngineRule.PURPOSE_BOUND.id())
        ? new Bilingual(
            text.zh() + "任务的用途在生成时已定：请以合约的用途（--purpose）重新生成任务。",
            text.en()
                + " A task's purpose is fixed when it is composed: compose a new one with the"
                + " contract's as --purpose.")
        : text;
  }

  /** With a status for programs: come again, pay, or do not ask so. */
  static CommandFault fault(String id) {
    var text = text(id);
    return new CommandFault(exit(id), "收集被拒绝：" + text.zh(), "refused: " + text.en());
  }

  private static ExitCode exit(String id) {
    if (id.equals(ProblemType.DAP_INVALID_BATCH_SIZE.urn())) {
      return ExitCode.RETRYABLE;
    }
    return id.equals(ProblemType.BUDGET_EXHAUSTED.urn())
        ? ExitCode.BUDGET_EXHAUSTED
        : ExitCode.DENIED;
  }
}
