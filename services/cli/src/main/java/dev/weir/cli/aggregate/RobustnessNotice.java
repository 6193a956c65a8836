package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.Robustness;
import dev.weir.cli.command.ClientOptions;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.util.Optional;

/** Says on the error stream what a task lacks of robustness, whoever works with it. */
final class RobustnessNotice {
  private RobustnessNotice() {}

  static void tell(ClientOptions options, Optional<Bilingual> notice) {
    notice.ifPresent(
        text -> System.err.println(options.language() == Language.ZH ? text.zh() : text.en()));
  }

  /** For a contributor, who knows the configuration only. */
  static Optional<Bilingual> of(Task task) {
    return task.configuration().vdaf() instanceof VdafConfiguration.UnverifiedSumVec
        ? Optional.of(Robustness.NONE.notice())
        : Optional.empty();
  }
}
