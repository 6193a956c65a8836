package dev.weir.aggregation.upload;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.stream.ReportFigures;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.vdaf.Measurement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast a contributor may upload, and that nobody spends another's turn. */
class ReportIntakeTest {
  private static final int PER_SECOND = 2;
  private static final int BURST = 10;

  private final InstantSource clock = InstantSource.system();
  private final RehearsalTask task = aTask().clock(clock).make();
  private final AtomicLong nanos = new AtomicLong();
  private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
  private final UploadTurn turn =
      new UploadTurn(
          new ContributorRates(PER_SECOND, BURST, nanos::get),
          new ReportRules(clock),
          new Counting());

  private final class Counting implements ReportFigures {
    @Override
    public void gap() {}

    @Override
    public void counted() {}

    @Override
    public void refused(Reason reason) {
      refused.merge(reason, 1, Integer::sum);
    }

    @Override
    public void buried(String reason) {}
  }

  private List<Report> reports(int contributor, int count) {
    var reports = new ArrayList<Report>();
    for (int i = 0; i < count; i++) {
      reports.add(task.maker(contributor, clock).make(Measurement.yes(true)));
    }
    return reports;
  }

  /** In the name of a contributor, by somebody without its key. */
  private List<Report> forged(int contributor, int count) {
    var own = reports(contributor, 2);
    var forged = new ArrayList<Report>();
    for (int i = 0; i < count; i++) {
      var metadata = own.getFirst().metadata();
      forged.add(
          new Report(
              new ReportMetadata(
                  own.getLast().metadata().id(), metadata.time(), metadata.publicExtensions()),
              own.getFirst().publicShare(),
              own.getFirst().leader(),
              own.getFirst().helper()));
    }
    return forged;
  }

  private ProblemException tooMany(List<Report> reports) {
    return catchThrowableOfType(ProblemException.class, () -> turn.enter(task.task, reports));
  }

  @Test
  void contributorThatIsTooFast_isToldWhenToComeBack_andOthersGoOn() {
    // given
    assertThat(turn.enter(task.task, reports(0, 5))).isEmpty();
    assertThat(turn.enter(task.task, reports(0, 5))).isEmpty();
    // when
    var problem = tooMany(reports(0, 4));
    // then
    assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    assertThat(problem.extensions())
        .containsEntry("retryAfterSeconds", 3)
        .containsEntry("taskid", task.task.id().toString());
    assertThat(refused).containsExactlyEntriesOf(Map.of(Reason.RATE_LIMITED, 4));
    assertThat(turn.enter(task.task, reports(1, 5))).isEmpty();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
    assertThat(turn.enter(task.task, reports(0, 4))).isEmpty();
  }

  private ReportIntake intake(List<Report> taken, OpenTimes open) {
    return new ReportIntake(
        id -> task.task,
        new ReportRules(clock),
        task.leaderRing,
        turn,
        new Counting(),
        (about, reports) -> taken.addAll(reports),
        open);
  }

  @Test
  void reportsForATimeThatIsNotOpen_areRefusedWhileTheirContributorListens() {
    var late = reports(0, 1).getFirst();
    long its = late.metadata().time();
    for (Reason reason : List.of(Reason.BATCH_COLLECTED, Reason.TOO_EARLY)) {
      var taken = new ArrayList<Report>();
      var errors =
          intake(taken, (about, time) -> Optional.of(reason).filter(no -> time == its))
              .upload(task.task.id(), new UploadRequest(List.of(late)));
      assertThat(errors.failures())
          .containsExactly(Failure.of(late.metadata().id(), reason.error()));
      assertThat(refused).containsEntry(reason, 1);
      assertThat(taken).isEmpty();
      var others =
          intake(taken, (about, time) -> Optional.of(reason).filter(no -> time != its))
              .upload(task.task.id(), new UploadRequest(List.of(late)));
      assertThat(others.failures()).isEmpty();
      assertThat(taken).containsExactly(late);
    }
  }

  @Test
  void reportsOfStrangers_areRefusedAtOnce_andTakeNoRoom() {
    // given
    var own = reports(0, 1).getFirst();
    var unsigned = with(own, List.of());
    var foreign = with(own, List.of(new Extension(0xff00, Bytes.EMPTY)));
    var strangers =
        task.maker(new Ed25519Signer(task.terms.collector(), RehearsalTask.keys()), clock)
            .make(Measurement.yes(true));
    var taken = new ArrayList<Report>();
    var intake = intake(taken, (about, time) -> Optional.empty());
    // when
    var errors =
        intake.upload(
            task.task.id(), new UploadRequest(List.of(own, unsigned, foreign, strangers)));
    // then
    assertThat(taken).containsExactly(own);
    assertThat(errors.failures())
        .containsExactly(
            Failure.of(unsigned.metadata().id(), ReportError.INVALID_MESSAGE),
            Failure.of(foreign.metadata().id(), ReportError.INVALID_MESSAGE),
            Failure.of(strangers.metadata().id(), ReportError.REPORT_DROPPED));
    assertThat(refused)
        .containsOnly(
            Map.entry(Reason.NOT_SIGNED, 1),
            Map.entry(Reason.EXTENSION_REFUSED, 1),
            Map.entry(Reason.UNKNOWN_CONTRIBUTOR, 1));
  }

  @Test
  void reportThatIsLargerThanAnyOfTheTask_isRefusedUnopened() {
    var own = reports(0, 1).getFirst();
    var sealed = own.leader();
    var padded =
        new HpkeCiphertext(
            sealed.configId(),
            sealed.enc(),
            Bytes.owning(new byte[(int) task.task.mostReportBytes()]));
    var large = new Report(own.metadata(), own.publicShare(), padded, own.helper());
    var taken = new ArrayList<Report>();
    var errors =
        intake(taken, (about, time) -> Optional.empty())
            .upload(task.task.id(), new UploadRequest(List.of(large)));
    assertThat(taken).isEmpty();
    assertThat(refused).containsExactlyEntriesOf(Map.of(Reason.MALFORMED_SHARE, 1));
    assertThat(errors.failures()).hasSize(1);
  }

  /** In a contributor's name anybody may send a signature that nobody has verified yet. */
  @Test
  void reportWithASignatureThatIsLongerThanAny_isRefusedUnopened() {
    var honest = reports(0, 1).getFirst();
    var extension = honest.metadata().publicExtensions().getFirst();
    var proof = WireReader.whole(extension.data(), ContributorProof::read);
    int fits = task.task.mostReportBytes() - honest.bytes() + proof.signature().length();
    for (int length : new int[] {fits, fits + 1, 60_000}) {
      var lengthened =
          new ContributorProof(
              proof.contributor(), proof.helperShare(), Bytes.owning(new byte[length]));
      var report = with(honest, List.of(lengthened.extension()));
      var taken = new ArrayList<Report>();
      intake(taken, (about, time) -> Optional.empty())
          .upload(task.task.id(), new UploadRequest(List.of(report)));
      assertThat(taken).as("%d bytes", length).hasSize(length == fits ? 1 : 0);
    }
    assertThat(refused).containsExactlyEntriesOf(Map.of(Reason.MALFORMED_SHARE, 2));
  }

  private static Report with(Report report, List<Extension> extensions) {
    var metadata = report.metadata();
    return new Report(
        new ReportMetadata(metadata.id(), metadata.time(), extensions),
        report.publicShare(),
        report.leader(),
        report.helper());
  }

  @Test
  void forgedReports_useUpHalfOfATurnAndNoMore() {
    assertThat(turn.enter(task.task, forged(0, 5))).as("not looked at yet").isEmpty();
    assertThat(turn.enter(task.task, forged(0, 5))).hasSize(5);
    assertThat(refused).containsExactlyEntriesOf(Map.of(Reason.BAD_SIGNATURE, 5));
    assertThat(turn.enter(task.task, reports(0, 5))).as("the contributor's own").isEmpty();
    assertThat(tooMany(reports(0, 5))).isNotNull();
  }

  @Test
  void moreThanABurstAtOnce_isTakenWhenNothingCameBefore() {
    assertThat(turn.enter(task.task, reports(2, BURST + 3))).isEmpty();
    assertThat(tooMany(reports(2, 1))).isNotNull();
  }
}
