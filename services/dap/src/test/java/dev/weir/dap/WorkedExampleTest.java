package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dap.collection.AggregateShareAad;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A histogram task of four buckets whose bytes were computed apart from this code, from the text of
 * the draft and code that passes the vectors of VDAF and RFC 9180.
 */
class WorkedExampleTest {
  static final TaskId TASK = TaskId.of("8BY0RzZMzxvA46_8ymhzycOB9krN-QIGYvg_RsByGec");
  static final TaskConfiguration CONFIGURATION =
      new TaskConfiguration(
          Bytes.ofHex("6578616d706c65"),
          "https://leader.example/",
          "https://helper.example/",
          3600,
          100,
          BatchMode.TIME_INTERVAL,
          Bytes.EMPTY,
          new VdafConfiguration.Histogram(4, 2),
          List.of(TaskConfiguration.interval(new TimeInterval(494_112, 720))));
  private static final ReportMetadata METADATA =
      new ReportMetadata(
          new ReportId(Bytes.ofHex("000102030405060708090a0b0c0d0e0f")), 494_113, List.of());
  private static final Bytes PUBLIC_SHARE = Bytes.owning(new byte[64]);
  private static final HpkeCiphertext HELPER =
      new HpkeCiphertext(7, Bytes.owning(new byte[32]), Bytes.owning(new byte[86]));

  @Test
  void taskId_isBase64UrlWithoutPadding() {
    assertThat(TASK.bytes().hex())
        .isEqualTo("f0163447364ccf1bc0e3affcca6873c9c381f64acdf9020662f83f46c07219e7");
  }

  @Test
  void taskConfiguration_hasTheExamplesBytes() {
    var bytes = CONFIGURATION.encoded();
    assertThat(bytes.hex())
        .isEqualTo(
            "076578616d706c65"
                + "001768747470733a2f2f6c65616465722e6578616d706c652f"
                + "001768747470733a2f2f68656c7065722e6578616d706c652f"
                + "0000000000000e10"
                + "0000000000000064"
                + "01"
                + "0000"
                + "0000000400080000000400000002"
                + "0014000100100000000000078a2000000000000002d0");
    assertThat(bytes.sha256().hex())
        .isEqualTo("5dffd1a77eb4a9629aa4385a2ce71a798a2ee68f723e8a29755a926728491cae");
    assertThat(WireReader.whole(bytes, TaskConfiguration::read)).isEqualTo(CONFIGURATION);
  }

  @Test
  void strings_areThoseOfTheEdition() {
    assertThat(DapEdition.vdafContext(TASK).hex()).isEqualTo("6461702d3138" + TASK.bytes().hex());
    assertThat(DapEdition.inputShareInfo(DapRole.LEADER).hex())
        .isEqualTo("6461702d313820696e70757420736861726501" + "02");
    assertThat(DapEdition.aggregateShareInfo(DapRole.HELPER).hex())
        .isEqualTo("6461702d313820616767726567617465207368617265" + "0300");
  }

  @Test
  void report_addsWhatTheDraftAddsToItsShares() {
    assertThat(METADATA.encoded().length()).isEqualTo(26);
    assertThat(HELPER.encoded().length()).isEqualTo(125);
    var leader = new HpkeCiphertext(7, Bytes.owning(new byte[32]), Bytes.owning(new byte[294]));
    assertThat(new Report(METADATA, PUBLIC_SHARE, leader, HELPER).encoded().length())
        .isEqualTo(552);
    assertThat(new PlaintextInputShare(List.of(), Bytes.owning(new byte[64])).encoded().length())
        .isEqualTo(70);
    assertThat(
            new InputShareAad(new Task(TASK, CONFIGURATION), METADATA, PUBLIC_SHARE)
                .encoded()
                .length())
        .isEqualTo(239);
  }

  @Test
  void aggregationJob_hasTheExamplesBytes() {
    var init =
        new VerifyInit(
            new ReportShare(METADATA, PUBLIC_SHARE, HELPER), Bytes.owning(new byte[133]));
    assertThat(init.encoded().length()).isEqualTo(356);
    assertThat(
            new AggregationJobInitReq(0, Bytes.EMPTY, List.of(), List.of(init)).encoded().length())
        .isEqualTo(363);
    var answer =
        new AggregationJobResp(
            List.of(
                new VerifyResp.Continue(
                    METADATA.id(),
                    Bytes.ofHex(
                        "020000002025ca858960624ceb7e6912e22a089e6425015685b03246fd67a100b931ebefb0"))));
    assertThat(answer.encoded().hex())
        .isEqualTo(
            "000102030405060708090a0b0c0d0e0f"
                + "0000000025"
                + "020000002025ca858960624ceb7e6912e22a089e6425015685b03246fd67a100b931ebefb0");
  }

  @Test
  void collection_hasTheExamplesBytes() {
    var interval = new TimeInterval(494_113, 2);
    var request = CollectionJobReq.of(new Query.OfInterval(interval));
    assertThat(request.encoded().hex())
        .isEqualTo("0100100000000000078a21000000000000000200000000" + "0000");
    assertThat(
            new AggregateShareAad(new Task(TASK, CONFIGURATION), request).encoded().sha256().hex())
        .isEqualTo("a04f310e9a8f22f2c90ad773a49a0803454cc0eb1f7e5d98933e5618812cacac");
    var share =
        new AggregateShareReq(
            request, new BatchSelector.OfInterval(interval), 1, METADATA.id().bytes().sha256());
    assertThat(share.checksum().hex())
        .isEqualTo("be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991");
    assertThat(share.encoded().length()).isEqualTo(84);
    assertThat(CollectionJobReq.of(new Query.NextBatch()).encoded().length()).isEqualTo(9);
    assertThat(HpkeConfig.mandatory(7, Bytes.owning(new byte[32])).encoded().length())
        .isEqualTo(41);
  }
}
