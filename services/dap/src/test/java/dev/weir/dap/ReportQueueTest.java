package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportQueue;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportQueueTest {
  @TempDir private Path directory;
  private final Samples samples = new Samples(new SplittableRandom(7));
  private final List<Report> arrived = new ArrayList<>();

  private UploadErrors take(List<Report> reports) {
    arrived.addAll(reports);
    return new UploadErrors(List.of());
  }

  private static ReportQueue.Flushed flushed(int sent, List<Failure> refused, int waiting) {
    return new ReportQueue.Flushed(sent, refused, waiting, List.of(), List.of(), Optional.empty());
  }

  private static UploadErrors all(List<Report> reports, ReportError error) {
    return new UploadErrors(
        reports.stream().map(one -> Failure.of(one.metadata().id(), error)).toList());
  }

  @Test
  void reports_waitWhileTheLeaderIsAwayAndGoOnceItIsBack() {
    var queue = new ReportQueue(directory);
    for (int i = 0; i < 250; i++) {
      queue.add(samples.report());
    }
    var away =
        new ReportQueue(directory)
            .flush(
                reports -> {
                  throw new DapAnswerException("", "the aggregator cannot be reached", 0);
                },
                count -> {});
    assertThat(away.sent()).isZero();
    assertThat(away.waiting()).isEqualTo(250);
    assertThat(away.stopped()).hasValueSatisfying(why -> assertThat(why.isPassing()).isTrue());
    var sent = new ArrayList<Integer>();
    assertThat(new ReportQueue(directory).flush(this::take, sent::add))
        .isEqualTo(flushed(250, List.of(), 0));
    assertThat(sent).containsExactly(100, 100, 50);
    assertThat(arrived).doesNotHaveDuplicates().hasSize(250);
  }

  @Test
  void aLostAnswer_makesTheSameBytesGoAgain() {
    var queue = new ReportQueue(directory);
    queue.add(samples.report());
    queue.flush(
        reports -> {
          take(reports);
          throw new DapAnswerException("", "the answer was lost", 503);
        },
        count -> {});
    queue.flush(this::take, count -> {});
    assertThat(arrived).hasSize(2);
    assertThat(arrived.get(0)).isEqualTo(arrived.get(1));
  }

  @Test
  void whatTheLeaderRefuses_isToldAndNotSentAgain() {
    var queue = new ReportQueue(directory);
    var report = samples.report();
    queue.add(report);
    var failure = Failure.of(report.metadata().id(), ReportError.REPORT_DROPPED);
    var flushed = queue.flush(reports -> new UploadErrors(List.of(failure)), count -> {});
    assertThat(flushed).isEqualTo(flushed(0, List.of(failure), 0));
  }

  @Test
  void whatIsTooEarlyForTheLeadersClock_waitsAndGoesAgainAsItIs() {
    var queue = new ReportQueue(directory);
    queue.add(samples.report());
    var early = queue.flush(all -> all(all, ReportError.REPORT_TOO_EARLY), count -> {});
    assertThat(early).isEqualTo(flushed(0, List.of(), 1));
    assertThat(queue.flush(this::take, count -> {})).isEqualTo(flushed(1, List.of(), 0));
  }

  @Test
  void whatWasSealedToAKeyThatIsGone_isToldApart_andReplacedOrGivenUp() {
    var queue = new ReportQueue(directory);
    var report = samples.report();
    var other = samples.report();
    queue.add(report);
    queue.add(other);
    var late = queue.flush(all -> all(all, ReportError.OUTDATED_CONFIG), count -> {});
    assertThat(late.outdated()).containsExactlyInAnyOrder(report.metadata(), other.metadata());
    assertThat(late.refused()).isEmpty();
    assertThat(late.waiting()).isEqualTo(2);
    var fresh = samples.report();
    var anew = new Report(report.metadata(), fresh.publicShare(), fresh.leader(), fresh.helper());
    queue.add(anew);
    queue.giveUp(other.metadata().id());
    assertThat(queue.flush(this::take, count -> {})).isEqualTo(flushed(1, List.of(), 0));
    assertThat(arrived).containsExactly(anew);
  }

  @Test
  void aDamagedFile_isSetAsideAndToldAndTheRestGoesOn() throws IOException {
    var queue = new ReportQueue(directory);
    var torn = samples.report();
    var whole = samples.report();
    queue.add(torn);
    queue.add(whole);
    var file = directory.resolve(torn.metadata().id() + ".report");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
    var otherName = directory.resolve("other.report");
    Files.write(otherName, whole.encoded().toArray());
    var flushed = queue.flush(this::take, count -> {});
    assertThat(flushed.sent()).isEqualTo(1);
    assertThat(flushed.waiting()).isZero();
    assertThat(flushed.damaged())
        .containsExactlyInAnyOrder(file.getFileName() + ".damaged", "other.report.damaged");
    assertThat(arrived).containsExactly(whole);
    assertThat(directory.resolve(file.getFileName() + ".damaged")).exists();
  }

  /** And what came before it is not lost: the refused ones are on disk no more. */
  @Test
  void anErrorOfTheCaller_isNotHidden() {
    var queue = new ReportQueue(directory);
    for (int i = 0; i < 150; i++) {
      queue.add(samples.report());
    }
    var flushed =
        queue.flush(
            reports -> {
              if (reports.size() < 100) {
                throw new DapAnswerException("urn:x", "unknown task", 404);
              }
              return all(reports, ReportError.REPORT_DROPPED);
            },
            count -> {});
    assertThat(flushed.refused()).hasSize(100);
    assertThat(flushed.waiting()).isEqualTo(50);
    assertThat(flushed.stopped())
        .hasValueSatisfying(why -> {
          assertThat(why.isPassing()).isFalse();
          assertThat(why.id()).isEqualTo("urn:x");
        });
    assertThat(queue.flush(this::take, count -> {}).sent()).isEqualTo(50);
  }

  @Test
  void anAggregator_isReachedOverHttpsOrOnThisMachine() {
    assertThatThrownBy(() -> HttpAggregator.open(URI.create("http://leader.example/dap")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(HttpAggregator.open(URI.create("http://127.0.0.1:1/dap"))).isNotNull();
    assertThat(HttpAggregator.open(URI.create("https://leader.example/dap"))).isNotNull();
  }
}
