package dev.weir.cli.stack;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir logs}: the last lines of the stack's logs. */
@Command(
    name = "logs",
    description = "Show the last lines of the logs. / 显示日志末尾。",
    mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      defaultValue = "",
      description =
          "stack (broker and services), postgres, keycloak, witness, or a service of its own process"
              + " / 部件名；省略则显示全部")
  private String part = "";

  @Option(names = "-n", defaultValue = "40", description = "lines of each log / 每个日志的行数")
  private int lines;

  @Option(names = "--demo", description = "of the demo's stack / 演示环境的日志")
  private boolean demo;

  @Override
  public Integer call() throws IOException {
    if (!part.isEmpty() && !parts().contains(part)) {
      throw new CommandFault(
          ExitCode.USAGE,
          "没有部件 " + part + "；可选：" + String.join("、", parts()),
          "there is no part " + part + "; there are " + String.join(", ", parts()));
    }
    var state = demo ? StackState.demo() : StackState.lasting();
    List<Path> files =
        part.isEmpty()
            ? StackLogs.files(state)
            : List.of(Files.exists(state.log(part)) ? state.log(part) : state.log("stack"));
    if (files.stream().noneMatch(Files::exists)) {
      System.out.println("No logs yet. / 还没有日志。");
      return ExitCode.NOT_FOUND.status();
    }
    for (Path file : files) {
      if (files.size() > 1) {
        System.out.println("== " + state.root().relativize(file));
      }
      tail(file).forEach(System.out::println);
    }
    return ExitCode.OK.status();
  }

  private static List<String> parts() {
    return Stream.concat(Stream.of("stack"), CrashableStack.parts().stream()).toList();
  }

  private ArrayDeque<String> tail(Path file) throws IOException {
    var last = new ArrayDeque<String>();
    try (var all = Files.lines(file)) {
      all.forEach(line -> {
        if (last.size() == Math.max(1, lines)) {
          last.removeFirst();
        }
        last.addLast(line);
      });
    }
    return last;
  }
}
