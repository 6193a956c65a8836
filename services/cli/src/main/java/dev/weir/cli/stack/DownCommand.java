package dev.weir.cli.stack;

import dev.weir.cli.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir down}: stops the stack, also one that was killed halfway. */
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
      var control = new StackControl(state);
      ran |= control.down();
      if (forget) {
        control.forget();
      }
    }
    System.out.println(ran ? "Weir is down. / Weir 已停止。" : "Nothing was running. / 没有正在运行的部件。");
    return ExitCode.OK.status();
  }
}
