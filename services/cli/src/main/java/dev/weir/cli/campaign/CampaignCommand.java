package dev.weir.cli.campaign;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.stack.StackState;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir campaign}: runs long fault campaigns. */
@Command(
    name = "campaign",
    description = {
      "Run a long fault campaign on a stack of its own. / 在独立的环境上运行长时间故障试验。",
      "Campaigns / 试验: crash"
    },
    mixinStandardHelpOptions = true)
public final class CampaignCommand implements Callable<Integer> {
  private static final String CRASH = "crash";

  @Parameters(paramLabel = "NAME", description = "crash: kill -9 at random / 随机强制终止")
  private String name = "";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "100",
      description = "how many kills / 终止次数")
  private int rounds;

  @Option(names = "--seed", paramLabel = "S", description = "repeats a campaign / 重现一次试验")
  private @Nullable Long seed;

  @Option(
      names = "--persons",
      paramLabel = "N",
      defaultValue = "6000",
      description = "size of the synthetic resource / 合成资源的人数")
  private int persons;

  @Option(names = "--json", description = "one JSON object a line / 每行一个 JSON 对象")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!name.equals(CRASH)) {
      throw new CommandFault(ExitCode.USAGE, "没有这项试验：" + name, "there is no campaign " + name);
    }
    long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
    var plan = new CrashPlan(StackState.named("campaign"), chosen, rounds, persons);
    boolean held;
    try (var campaign = CrashCampaign.start(plan, new CampaignReport(System.out, json))) {
      held = campaign.run();
    }
    return (held ? ExitCode.OK : ExitCode.FAILED).status();
  }
}
