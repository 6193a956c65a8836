package dev.weir.cli.campaign;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.campaign.he.HeFuzzCampaign;
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
      "Campaigns / 试验: crash, he-fuzz, aggregation"
    },
    mixinStandardHelpOptions = true)
public final class CampaignCommand implements Callable<Integer> {
  private static final String CRASH = "crash";
  private static final String HE_FUZZ = "he-fuzz";
  private static final String AGGREGATION = "aggregation";
  private static final int HISTORIES = 10_000;
  private static final int KILLS = 100;

  @Parameters(
      paramLabel = "NAME",
      description = {
        "crash: kill -9 at random / 随机强制终止",
        "he-fuzz: mutated envelopes through the gate / 变异的密文报文",
        "aggregation: fault histories of leader and helper / 主、辅聚合方的故障历史"
      })
  private String name = "";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "kills (100), envelopes (1000000) or histories (10000) / 终止、报文或历史的次数")
  private @Nullable Integer rounds;

  @Option(names = "--seed", paramLabel = "S", description = "repeats a campaign / 重现一次试验")
  private @Nullable Long seed;

  @Option(
      names = "--persons",
      paramLabel = "N",
      defaultValue = "6000",
      description = "size of the synthetic resource / 合成资源的人数")
  private int persons;

  @Option(
      names = "--json",
      description = "one JSON object a line; for crash only / 每行一个 JSON 对象，仅用于 crash")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rounds != null && rounds < 1) {
      throw new CommandFault(ExitCode.USAGE, "--rounds 至少为 1", "--rounds is at least 1");
    }
    if (json && !name.equals(CRASH)) {
      throw new CommandFault(ExitCode.USAGE, "--json 仅用于 crash", "--json is for crash only");
    }
    long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
    boolean held =
        switch (name) {
          case CRASH -> crash(chosen, rounds == null ? KILLS : rounds);
          case HE_FUZZ ->
              new HeFuzzCampaign(chosen, rounds == null ? HeFuzzCampaign.FULL : rounds, System.out)
                  .run();
          case AGGREGATION ->
              new AggregationCampaign(chosen, rounds == null ? HISTORIES : rounds, System.out)
                  .run();
          default ->
              throw new CommandFault(
                  ExitCode.USAGE, "没有这项试验：" + name, "there is no campaign " + name);
        };
    return (held ? ExitCode.OK : ExitCode.FAILED).status();
  }

  @SuppressWarnings("ClosingStandardOutputStreams") // the campaign is closed, not what it prints to
  private boolean crash(long chosen, int kills) throws Exception {
    var plan = new CrashPlan(StackState.named("campaign"), chosen, kills, persons);
    try (var campaign = CrashCampaign.start(plan, new CampaignReport(System.out, json))) {
      return campaign.run();
    }
  }
}
