package dev.weir.cli.stack;

import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir doctor}: whether this machine has what Weir needs. */
@Command(
    name = "doctor",
    description = "Check this machine for what Weir needs. / 检查本机是否具备运行条件。",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "one JSON object a line / 每行一个 JSON 对象")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    boolean well = true;
    for (Diagnosis.Finding finding : new Diagnosis(StackState.lasting()).findings()) {
      well &= finding.ok();
      if (json) {
        System.out.println(Json.mapper().writeValueAsString(finding));
      } else {
        String advice = finding.ok() ? "" : "  → " + finding.advice();
        System.out.printf(
            "  %s %-12s %s%s%n",
            finding.ok() ? "ok " : "BAD", finding.name(), finding.found(), advice);
      }
    }
    return well ? ExitCode.OK.status() : ExitCode.FAILED.status();
  }
}
