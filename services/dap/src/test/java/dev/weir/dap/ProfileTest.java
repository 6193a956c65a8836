package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.Task;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final int LANES = 8;
  private final SecureRandom random = new SecureRandom();
  private final Task task = Task.of(WorkedExampleTest.CONFIGURATION);

  @Test
  void taskInfo_comesBackAndRefusesAnotherVersion() {
    var info = new TaskInfo(LANES, Bytes.ofHex("ab").sha256());
    assertThat(WireReader.whole(info.encoded(), TaskInfo::read)).isEqualTo(info);
    byte[] other = info.encoded().toArray();
    other[0] = 9;
    assertThatThrownBy(() -> WireReader.whole(other, TaskInfo::read))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void everythingAPartySends_isInOneLane() {
    var party =
        PartyId.of(
            CreditCode.of("91110000MA01AGG01" + CreditCode.checkCharacter("91110000MA01AGG01")));
    int own = Lane.of(task.id(), party, LANES);
    var ids = new HashSet<ReportId>();
    for (int i = 0; i < 100; i++) {
      var id = Lane.draw(task.id(), party, LANES, random);
      assertThat(Lane.of(task.id(), id, LANES)).isEqualTo(own);
      ids.add(id);
    }
    assertThat(ids).hasSize(100);
  }

  /** 8,000 ids over 8 lanes: a lane below 800 or above 1,200 happens once in 10^10 runs. */
  @Test
  void ids_spreadOverTheLanes() {
    var counts = new int[LANES];
    for (int i = 0; i < 8_000; i++) {
      counts[Lane.of(task.id(), ReportId.random(random), LANES)]++;
    }
    assertThat(counts)
        .satisfies(all -> {
          for (int count : all) {
            assertThat(count).isBetween(800, 1_200);
          }
        });
  }

  @Test
  void aProof_comesBackAndItsStatementNamesTaskReportTimeAndShares() {
    var share = Bytes.ofHex("03");
    var proof =
        new ContributorProof(
            ContributorId.ofKey(Bytes.ofHex("00")), share.sha256(), Bytes.ofHex("0102"));
    assertThat(proof.isOf(share)).isTrue();
    assertThat(proof.isOf(Bytes.ofHex("04"))).isFalse();
    assertThat(WireReader.whole(proof.extension().data(), ContributorProof::read)).isEqualTo(proof);
    var report = ReportId.random(random);
    var statement = statement(task.id(), report, 7, share, share);
    assertThat(
            List.of(
                statement(task.id(), report, 8, share, share),
                statement(task.id(), ReportId.random(random), 7, share, share),
                statement(WorkedExampleTest.TASK, report, 7, share, share),
                statement(task.id(), report, 7, Bytes.EMPTY, share),
                statement(task.id(), report, 7, share, Bytes.EMPTY)))
        .doesNotContain(statement);
  }

  private static Bytes statement(
      TaskId task, ReportId report, long time, Bytes publicShare, Bytes helperShare) {
    return ContributorProof.statement(task, report, time, publicShare, helperShare.sha256());
  }
}
