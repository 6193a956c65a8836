package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.dap.client.KeptKey;
import dev.weir.dap.client.ReportQueue.Uploader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate upload}: the measurements, or records, of one contributor. */
@Command(
    name = "upload",
    description = {
      "Contribute the measurements of a file, one a row; run it again to go on after any"
          + " interruption: no row counts twice. In a task of long vectors without robustness"
          + " one contributor can spoil the sum: it says so / 逐行上报测量值；中断后重新执行即可继续，任何一行都不会重复计入。"
          + "无稳健性的长向量任务中，任一上报者都可能毁掉总和，命令会予以提示",
      "In a federated task (composed with --clip) the rows are one party's records, vectors of"
          + " decimals: each is clipped to the task's norm, and all of them are added up to one"
          + " report, the only one of the party that counts in a unit of time / 联邦任务（以 --clip"
          + " 生成）中每行是本方一条记录（十进制向量）：逐条裁剪到任务范数后合并为一份报告，每个时间单位内每个主体只计一份"
    },
    exitCodeListHeading = Statuses.HEADING,
    exitCodeList = {
      "0:every row's report is with the leader / 各行的报告均已送达主聚合方",
      "1:rows of notCounted do not count, the leader refuses, or the file changed meanwhile /"
          + " 有行未计入（见 notCounted）、主聚合方拒绝，或文件在上报期间被改动",
      Statuses.USAGE,
      "6:reports wait here, or the unit of time has the party's one; type the same command again"
          + " later / 有报告待发，或该时间单位内已有本主体的报告，可稍后重新执行同一命令",
      "8:all rows were sent before; nothing was sent / 各行此前已全部上报，本次未上报"
    },
    footerHeading = Statuses.EXAMPLE,
    footer = "weir aggregate upload --task task.json --key clinic.pem --header days.csv",
    mixinStandardHelpOptions = true)
final class UploadCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private TaskOption taskOption = new TaskOption();
  @Mixin private KeyOptions key = new KeyOptions();

  @Option(
      names = "--leader-via",
      paramLabel = "URL",
      description =
          "where the leader is reached from here, if not at the task's address"
              + " / 从本机访问主聚合方的地址，缺省为任务中的地址")
  private @Nullable URI leader;

  @Option(
      names = "--helper-via",
      paramLabel = "URL",
      description =
          "where the helper is reached from here, if not at the task's address"
              + " / 从本机访问辅聚合方的地址，缺省为任务中的地址")
  private @Nullable URI helper;

  @Option(
      names = "--queue",
      defaultValue = "${sys:user.home}/.local/state/weir/reports",
      paramLabel = "DIR",
      description =
          "where reports wait until they are sent, and what was sent is kept: with another"
              + " directory or another user the same rows count again; default:"
              + " ${DEFAULT-VALUE} / 待发报告与已发记录的目录；换用其他目录或用户则各行会再计一次，默认 ${DEFAULT-VALUE}")
  private Path directory = Path.of(System.getProperty("user.home"));

  @Option(names = "--header", description = "the first row is a heading / 首行为表头，不上报")
  private boolean header;

  @Option(
      names = "--again",
      description =
          "contribute a file once more that was contributed before: all of its rows count"
              + " again / 再次上报此前已上报的内容，各行再计一次")
  private boolean again;

  @Option(
      names = "--without-wrong-rows",
      description =
          "in a federated task: leave rows out that are no records; without it one such row keeps"
              + " the whole file back, since a report cannot be mended / 联邦任务：略过不是记录的行；缺省时有一行不合格即不上报整个文件，因为报告不能更正")
  private boolean withoutWrongRows;

  @Parameters(
      paramLabel = "CSV",
      description =
          "a regular file, whole before it is uploaded; rows that are added later go into a file of"
              + " their own. A row for each measurement: 0 or 1 for count; a number for sum; a bucket from 0 on"
              + " for histogram; numbers separated by commas for vector and multihot"
              + " (0 or 1); decimals separated by commas for a federated task / 已写完的普通文件，之后新增的行请另存为一个文件。每行一个测量值：count 为 0 或"
              + " 1，sum 为一个整数，histogram 为从 0 起的桶号，vector 与 multihot（0 或 1）为逗号分隔的整数，"
              + "联邦任务为逗号分隔的十进制数")
  private Path file = Path.of("-");

  @Override
  public Integer call() throws IOException {
    var whole = TaskFile.read(taskOption.file());
    var task = whole.task();
    RobustnessNotice.tell(options, RobustnessNotice.of(task));
    var route = UploadRoute.of(task.configuration(), leader, helper);
    var signing = key.read();
    var contributor = TaskFile.contributor(whole, PartySigner.contributor(signing));
    Path own = directory.resolve(task.id().toString());
    var maker =
        new SealingMaker(
            task,
            new KeptKey(UploadPlace.key(own, "leader"), route.leader()::key),
            new KeptKey(UploadPlace.key(own, "helper"), route.helper()::key),
            new PartySigner(signing, contributor.partyId()));
    Uploader sending = reports -> route.leader().upload(task.id(), reports);
    var answer = new UploadAnswer(options.language(), options.whole(), options::show);
    var source = SourceFile.of(file);
    if (whole.noise().encoding().isPresent()) {
      return new RecordsUpload(whole, maker, sending, Clock.systemUTC())
          .run(
              answer,
              own,
              contributor,
              new RecordsUpload.Wish(source, header, again, withoutWrongRows));
    }
    requireNoRecords();
    var place = UploadPlace.of(answer, own, contributor.id(), source, again);
    return new FileUpload(whole, sending, maker, Clock.systemUTC())
        .run(answer, place, source, header);
  }

  private void requireNoRecords() {
    if (withoutWrongRows) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--without-wrong-rows 只用于联邦任务；其他任务中每行各为一份报告",
          "--without-wrong-rows is for federated tasks; in others each row is a report of its own");
    }
  }
}
