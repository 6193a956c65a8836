package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.ReportQueue;
import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a file become reports that count once, whatever happens in between. */
class BulkUploadTest {
  private static final int ROWS = 1_050;

  @TempDir private Path directory;

  /** What arrived: the report ids of each row. */
  private final Map<Long, Set<ReportId>> arrived = new HashMap<>();

  private UploadErrors take(UploadRequest request) {
    for (var report : request.reports()) {
      arrived
          .computeIfAbsent(report.metadata().time(), row -> new HashSet<>())
          .add(report.metadata().id());
    }
    return new UploadErrors(List.of());
  }

  private UploadJournal journal() {
    return new UploadJournal(directory.resolve("file.journal"));
  }

  private static List<String> rows(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(row -> row % 100 == 7 ? "x" : Integer.toString(row))
        .toList();
  }

  private void everyGoodRowOnce(int count) {
    var good = rows(count).stream().filter(row -> !row.equals("x")).map(Long::valueOf).toList();
    assertThat(arrived.keySet()).containsExactlyInAnyOrderElementsOf(good);
    assertThat(arrived.values()).allMatch(ids -> ids.size() == 1);
  }

  @Test
  void file_isSentRowByRow_badRowsAreToldWithTheirReason() {
    var seen = new ArrayList<Long>();
    try (var journal = journal()) {
      var upload = new BulkUpload(journal, reports -> take(new UploadRequest(reports)), wait -> {});
      var summary = upload.run(rows(250).iterator(), RowReports.MAKER, seen::add);
      assertThat(summary.sent()).isEqualTo(247);
      assertThat(summary.rows()).isEqualTo(250);
      assertThat(summary.waiting()).isZero();
      assertThat(summary.told())
          .containsExactly(
              new Told(7, "no number"), new Told(107, "no number"), new Told(207, "no number"));
    }
    everyGoodRowOnce(250);
    assertThat(seen).isSorted().endsWith(250L);
    try (var journal = journal()) { // a second run of the same file sends nothing
      var again = new BulkUpload(journal, reports -> failed(reports.size()), wait -> {});
      assertThat(again.run(rows(250).iterator(), RowReports.MAKER, done -> {}).sent())
          .isEqualTo(247);
    }
  }

  @Test
  void largeReports_goInRequestsOfLessThanAMebibyteOrAlone() {
    var requests = new ArrayList<UploadRequest>();
    RowReports.Rows large =
        (number, row) -> {
          var any = (Entry.Good) RowReports.MAKER.read(number, Long.toString(number));
          var share = Bytes.owning(new byte[number % 7 == 0 ? 2 << 20 : 300 << 10]);
          var report = any.report();
          return new Entry.Good(
              number, new Report(report.metadata(), share, report.leader(), report.helper()));
        };
    Uploader leader =
        reports -> {
          requests.add(new UploadRequest(reports));
          return take(requests.getLast());
        };
    var queue = new ReportQueue(directory.resolve("queue"));
    try (var journal = journal()) {
      var upload = new BulkUpload(journal, leader, wait -> {});
      var rows = IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).iterator();
      assertThat(upload.run(rows, large, done -> {}).sent()).isEqualTo(20);
    }
    for (long number = 21; number <= 40; number++) {
      queue.add(((Entry.Good) large.read(number, "")).report());
    }
    assertThat(queue.flush(leader, sent -> {}).sent()).isEqualTo(20);
    assertThat(arrived).hasSize(40);
    assertThat(requests)
        .allMatch(request -> request.reports().size() == 1 || request.encoded().length() < 1 << 20)
        .anyMatch(request -> request.reports().size() == 3);
  }

  private static UploadErrors failed(int reports) {
    throw new AssertionError("nothing is to be sent, not " + reports);
  }

  @Test
  void whileTheLeaderIsAway_reportsAreMadeOnceAndWait() {
    try (var journal = journal()) {
      var upload = new BulkUpload(journal, BulkUploadTest::away, wait -> {});
      assertThat(upload.run(rows(150).iterator(), RowReports.MAKER, done -> {}).waiting())
          .isEqualTo(148);
    }
    try (var journal = journal()) {
      var upload = new BulkUpload(journal, reports -> take(new UploadRequest(reports)), wait -> {});
      assertThat(upload.run(rows(150).iterator(), RowReports.MAKER, done -> {}).waiting()).isZero();
    }
    everyGoodRowOnce(150);
  }

  private static UploadErrors away(List<?> reports) {
    throw new DapAnswerException("", "the aggregator cannot be reached", 0);
  }

  @Test
  void leaderThatAsksToWait_isWaitedFor_andOneThatRefusesForGoodIsNot() {
    var waits = new ArrayList<Duration>();
    var calls = new AtomicInteger();
    try (var journal = journal()) {
      var upload =
          new BulkUpload(
              journal,
              reports -> {
                if (calls.incrementAndGet() < 3) {
                  throw new DapAnswerException("urn:x", "too fast", 429);
                }
                return take(new UploadRequest(reports));
              },
              waits::add);
      assertThat(upload.run(rows(5).iterator(), RowReports.MAKER, done -> {}).sent()).isEqualTo(5);
      assertThat(waits).hasSize(2);
      var refusing =
          new BulkUpload(
              journal,
              reports -> {
                throw new DapAnswerException("urn:x", "unknown task", 404);
              },
              wait -> {});
      assertThatThrownBy(() -> refusing.run(rows(9).iterator(), RowReports.MAKER, done -> {}))
          .isInstanceOf(DapAnswerException.class);
    }
  }

  @Test
  void whatTheLeaderDoesNotTake_isToldByRow() {
    try (var journal = journal()) {
      var upload =
          new BulkUpload(
              journal,
              reports ->
                  new UploadErrors(
                      List.of(
                          UploadErrors.Failure.of(
                              reports.get(1).metadata().id(), ReportError.REPORT_DROPPED),
                          UploadErrors.Failure.of(
                              reports.get(2).metadata().id(), ReportError.REPORT_REPLAYED))),
              wait -> {});
      var summary = upload.run(rows(4).iterator(), RowReports.MAKER, done -> {});
      assertThat(summary.told()).containsExactly(new Told(2, "refused: report_dropped"));
      assertThat(summary.sent()).isEqualTo(3);
    }
  }

  @Test
  void tornEnd_isCutOffAndItsRowMadeAgain() throws IOException {
    try (var journal = journal()) {
      new BulkUpload(journal, BulkUploadTest::away, wait -> {})
          .run(rows(3).iterator(), RowReports.MAKER, done -> {});
    }
    Path file = directory.resolve("file.journal");
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 5);
    }
    try (var journal = journal()) {
      assertThat(journal.rows()).isEqualTo(2);
      new BulkUpload(journal, reports -> take(new UploadRequest(reports)), wait -> {})
          .run(rows(3).iterator(), RowReports.MAKER, done -> {});
    }
    everyGoodRowOnce(3);
  }

  @Test
  void journal_isForOneProcess() {
    try (var journal = journal()) {
      assertThatThrownBy(this::journal).isInstanceOf(RuntimeException.class);
      assertThat(journal.made()).isZero();
    }
  }

  /** Real processes, SIGKILL amid requests: at the leader every row is there once. */
  @Test
  void killedAgainAndAgain_everyRowCountsOnce() throws Exception {
    Path file = Files.write(directory.resolve("rows.csv"), rows(ROWS));
    var requests = new AtomicInteger();
    var child = new Process[1];
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          take(WireReader.whole(exchange.getRequestBody().readAllBytes(), UploadRequest::read));
          int number = requests.incrementAndGet();
          if (number == 3 || number == 6) {
            child[0].destroyForcibly().onExit().join(); // it never hears that they arrived
          }
          answered(exchange);
        });
    server.start();
    try {
      int lives = 0;
      int status = -1;
      while (status != 0 && lives < 5) {
        lives++;
        child[0] = RowReports.start(file, directory.resolve("k.journal"), server.getAddress());
        status = child[0].waitFor();
      }
      assertThat(status).isZero();
      assertThat(lives).isEqualTo(3);
    } finally {
      server.stop(0);
    }
    everyGoodRowOnce(ROWS);
  }

  private static void answered(HttpExchange exchange) {
    try (exchange) {
      exchange.sendResponseHeaders(200, -1);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
