package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.KeptKey;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.task.Task;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Reports of the rows of a file; the aggregators' keys are asked for by the first. Confined. */
final class UploadRows implements BulkUpload.RowReader {
  private final Task task;
  private final KeptKey leader;
  private final KeptKey helper;
  private final ContributorSigner signer;
  private final Measurements measurements;
  private Optional<ReportMaker> maker = Optional.empty();

  UploadRows(Task task, KeptKey leader, KeptKey helper, ContributorSigner signer) {
    this.task = task;
    this.leader = leader;
    this.helper = helper;
    this.signer = signer;
    this.measurements = new Measurements(task.configuration().vdaf());
  }

  /**
   * @throws CommandFault when a key is not known here and its aggregator is away
   */
  @Override
  public Entry read(long number, String row) {
    try {
      return new Entry.Good(number, maker().make(measurements.of(row)));
    } catch (Measurements.BadRow bad) {
      return new Entry.Bad(number, bad.reason());
    } catch (IllegalArgumentException outOfRange) {
      return new Entry.Bad(number, RowFault.NO_MEASUREMENT.reason());
    }
  }

  @Override
  public Report again(String row, ReportMetadata earlier) {
    return maker().again(measurements.of(row), earlier);
  }

  @Override
  public void outdated() {
    leader.outdated();
    maker = Optional.empty();
  }

  private ReportMaker maker() {
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
