package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.KeptKey;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.task.Task;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Makes reports; the aggregators' keys are asked for by the first. Confined. */
final class SealingMaker {
  private final Task task;
  private final KeptKey leader;
  private final KeptKey helper;
  private final ContributorSigner signer;
  private Optional<ReportMaker> maker = Optional.empty();

  SealingMaker(Task task, KeptKey leader, KeptKey helper, ContributorSigner signer) {
    this.task = task;
    this.leader = leader;
    this.helper = helper;
    this.signer = signer;
  }

  /**
   * @throws CommandFault when a key is not known here and its aggregator is away
   */
  ReportMaker get() {
    if (maker.isEmpty()) {
      maker =
          Optional.of(
              new ReportMaker(
                  task,
                  key(leader, "主聚合方", "leader"),
                  key(helper, "辅聚合方", "helper"),
                  signer,
                  Clock.systemUTC(),
                  new SecureRandom()));
    }
    return maker.get();
  }

  /** The leader has the key no more that reports were sealed to. */
  void outdated() {
    leader.outdated();
    maker = Optional.empty();
  }

  private static HpkeConfig key(KeptKey aggregator, String zh, String en) {
    try {
      return aggregator.key();
    } catch (DapAnswerException away) {
      if (!away.isPassing()) {
        throw away;
      }
      throw new CommandFault(
          ExitCode.RETRYABLE,
          zh + "暂不可达，本地也没有它的密钥，无法加密新的行；重新执行同一命令即可继续",
          "the "
              + en
              + " is away and its key is not known here yet, so that no row can be sealed;"
              + " run the same command again to go on");
    }
  }
}
