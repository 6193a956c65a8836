package dev.weir.cli.stack;

import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir status}: what runs, and where it answers. */
@Command(
    name = "status",
    description = "Show what runs and where. / 显示正在运行的部件及其地址。",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Option(names = "--json", description = "one JSON object a line / 每行一个 JSON 对象")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    boolean up = false;
    for (StackState state : List.of(StackState.lasting(), StackState.demo())) {
      Optional<StackReport> report = new StackControl(state).report();
      up |= report.filter(StackReport::isReady).isPresent();
      if (json) {
        printJson(state, report);
      } else if (report.isPresent()) {
        System.out.println(state.directory().getFileName() + ": " + report.get().step());
        StatusTable.print(System.out, state, report.get());
      }
    }
    if (!json && !up) {
      System.out.println("Weir is down; start it with ./weir up. / Weir 未运行，用 ./weir up 启动。");
    }
    return up ? ExitCode.OK.status() : ExitCode.FAILED.status();
  }

  private static void printJson(StackState state, Optional<StackReport> report) throws Exception {
    var line = new LinkedHashMap<String, Object>();
    line.put("state", state.directory().getFileName().toString());
    line.put("phase", report.map(r -> r.phase().name()).orElse("DOWN"));
    line.put("parts", report.map(r -> StatusTable.rows(state, r)).orElse(List.of()));
    System.out.println(Json.mapper().writeValueAsString(line));
  }
}
