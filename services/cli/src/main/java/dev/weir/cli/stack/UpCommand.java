package dev.weir.cli.stack;

import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir up}: brings the stack up and leaves it running. */
@Command(
    name = "up",
    description = {
      "Start everything on this machine and leave it running. / 在本机启动全部部件并保持运行。",
      "Ctrl-C while starting stops what has started. / 启动过程中按 Ctrl-C 会停止已启动的部件。"
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  @Option(names = "--separate", description = "every service in its own process / 每个服务单独一个进程")
  private boolean separate;

  @Option(names = "--kafka-process", description = "the broker in its own process / 消息代理单独一个进程")
  private boolean kafkaProcess;

  @Option(names = "--json", description = "print the addresses as JSON / 以 JSON 输出地址")
  private boolean json;

  private final PrintStream out;
  private final PrintStream aside;

  /** Tells on the standard streams. */
  public UpCommand() {
    this(System.out, System.err);
  }

  /**
   * @param aside for what is no part of {@code --json}
   */
  UpCommand(PrintStream out, PrintStream aside) {
    this.out = out;
    this.aside = aside;
  }

  @Override
  public Integer call() throws Exception {
    var state = StackState.lasting();
    var control = new StackControl(state);
    boolean wasUp = control.report().isPresent();
    var interrupted = new Thread(control::down, "stop what has started");
    if (!wasUp) {
      Runtime.getRuntime().addShutdownHook(interrupted);
    }
    try {
      var report = control.up(new StackOptions(separate, kafkaProcess), this::tell);
      print(StackState.lasting(), report, wasUp, json);
      return ExitCode.OK.status();
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      return ExitCode.FAILED.status();
    } finally {
      if (!wasUp) {
        removeQuietly(interrupted);
      }
    }
  }

  private void tell(String step) {
    if (!json) {
      out.println("  … " + step);
    }
  }

  /** Whoever starts both aggregators is told what that means, programs or not. */
  void print(StackState state, StackReport report, boolean wasUp, boolean asJson)
      throws IOException {
    if (asJson) {
      out.println(Json.mapper().writeValueAsString(report));
      tellOperators(aside);
      return;
    }
    out.println(
        wasUp
            ? "Weir is up already. / Weir 已在运行。"
            : "Weir is up after %.1f s. / Weir 已启动，用时 %.1f 秒。"
                .formatted(report.seconds(), report.seconds()));
    StatusTable.print(out, state, report);
    if (!wasUp) {
      out.println(
          report.readySeconds().entrySet().stream()
              .sorted(Map.Entry.comparingByValue())
              .map(part -> "%s %.1f".formatted(part.getKey(), part.getValue()))
              .collect(Collectors.joining(", ", "Ready after seconds / 各部件就绪秒数: ", "")));
    }
    tellOperators(out);
    out.println("Stop it with ./weir down. / 用 ./weir down 停止。");
  }

  private static void tellOperators(PrintStream to) {
    to.println(OneOperator.NOTE.zh());
    to.println(OneOperator.NOTE.en());
  }

  private static void removeQuietly(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does its work.
    }
  }
}
