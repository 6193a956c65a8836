package dev.weir.cli.stack;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.runtime.embedded.FileLocks;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code weir down}: stops the stack, also one that was killed halfway. A demo that plays is left
 * to itself: it would fail for want of its parts.
 */
@Command(
    name = "down",
    description = "Stop everything; the data stays. / 停止全部部件，数据保留。",
    mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
  @Option(
      names = "--forget",
      description = "delete all data of the stack and of the demo as well / 同时删除全部数据（含演示数据）")
  private boolean forget;

  @Override
  public Integer call() {
    boolean ran = false;
    for (StackState state : List.of(StackState.lasting(), StackState.demo())) {
      try (var nobodyPlays = notPlaying(state)) {
        var control = new StackControl(state);
        ran |= control.down();
        if (forget) {
          control.forget();
        }
      }
    }
    System.out.println(ran ? "Weir is down. / Weir 已停止。" : "Nothing was running. / 没有正在运行的部件。");
    return ExitCode.OK.status();
  }

  private static FileLocks.Held notPlaying(StackState state) {
    return FileLocks.tryHold(state.playing())
        .orElseThrow(() ->
            new CommandFault(
                ExitCode.FAILED,
                "演示正在运行，结束时会自行停止其部件；要提前结束，请在其终端按 Ctrl-C",
                "a demo is playing and stops its parts at its end; Ctrl-C in its terminal ends it"
                    + " before"));
  }
}
