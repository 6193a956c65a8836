package dev.weir.dap;

import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Uploads numbers, whose reports say in their time which row they are of; also as a process. */
public final class RowReports {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Rows whose reports come again with other shares. */
  @FunctionalInterface
  public interface Rows extends BulkUpload.RowReader {
    @Override
    default Report again(String row, ReportMetadata earlier) {
      var fresh = new Samples(RANDOM).report();
      return new Report(earlier, fresh.publicShare(), fresh.leader(), fresh.helper());
    }

    @Override
    default void outdated() {}
  }

  public static final Rows MAKER =
      (number, row) ->
          row.equals("x")
              ? new Entry.Bad(number, "no number")
              : new Entry.Good(number, report(Long.parseLong(row)));

  private RowReports() {}

  private static Report report(long row) {
    var any = new Samples(RANDOM).report();
    var metadata = new ReportMetadata(any.metadata().id(), row, List.of());
    return new Report(metadata, any.publicShare(), any.leader(), any.helper());
  }

  static Process start(Path file, Path journal, InetSocketAddress leader) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            RowReports.class.getName(),
            file.toString(),
            journal.toString(),
            "http://127.0.0.1:" + leader.getPort())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * @param arguments file, journal and leader
   */
  public static void main(String[] arguments) throws IOException {
    var leader = HttpAggregator.open(URI.create(arguments[2]));
    var task = new TaskId(Bytes.owning(new byte[TaskId.LENGTH]));
    try (var journal = new UploadJournal(Path.of(arguments[1]));
        var lines = Files.lines(Path.of(arguments[0]))) {
      var summary =
          new BulkUpload(journal, reports -> leader.upload(task, reports), wait -> {})
              .run(lines.iterator(), MAKER, done -> {});
      System.exit(summary.waiting() == 0 ? 0 : 1);
    }
  }
}
