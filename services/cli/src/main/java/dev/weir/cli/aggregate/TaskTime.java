package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.task.TaskConfiguration;
import java.time.Instant;

/** When a task takes reports: what is made before or after is dropped, and cannot be made again. */
final class TaskTime {
  private TaskTime() {}

  /**
   * @throws CommandFault before the task begins, and once it is over
   */
  static void require(TaskConfiguration task, Instant now) {
    long precision = task.timePrecisionSeconds();
    task.interval()
        .ifPresent(interval -> {
          long unit = now.getEpochSecond() / precision;
          if (interval.contains(unit)) {
            return;
          }
          if (Long.compareUnsigned(unit, interval.start()) < 0) {
            var from = Instant.ofEpochSecond(interval.start() * precision);
            throw new CommandFault(
                ExitCode.RETRYABLE,
                "任务自 " + from + " 起接收报告；未上报任何内容，届时再次执行同一命令",
                "the task takes reports from "
                    + from
                    + " on; nothing was sent, run the same"
                    + " command then");
          }
          var until = Instant.ofEpochSecond((interval.start() + interval.duration()) * precision);
          throw new CommandFault(
              ExitCode.USAGE,
              "任务的期限已于 " + until + " 结束；未上报任何内容",
              "the task's time was over at " + until + "; nothing was sent");
        });
  }
}
