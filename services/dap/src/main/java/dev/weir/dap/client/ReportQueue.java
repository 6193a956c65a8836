package dev.weir.dap.client;

import dev.weir.dap.report.Report;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reports that wait on disk until the leader has them. A report is made once and sent as often as
 * it takes: its id lets it count once, whatever was lost on the way. What is on disk is sealed for
 * the two aggregators; not even this client can read it again. Confined to one process.
 */
public final class ReportQueue {
  private static final String SUFFIX = ".report";
  private static final int AT_ONCE = 100;

  private final Path directory;

  /**
   * @param directory of this queue alone; made when it is not there
   */
  public ReportQueue(Path directory) {
    try {
      this.directory = Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the queue's directory cannot be made", e);
    }
  }

  /** Sends reports; {@link HttpAggregator#upload} with the task's id. */
  @FunctionalInterface
  public interface Uploader {
    /**
     * @throws DapAnswerException when none of them may have been taken
     */
    UploadErrors upload(List<Report> reports);
  }

  /**
   * What came of a flush.
   *
   * @param sent how many the leader has now
   * @param refused what it will never take, with the reason
   * @param waiting how many are still here
   */
  public record Flushed(int sent, List<Failure> refused, int waiting) {
    public Flushed {
      refused = List.copyOf(refused);
    }
  }

  /** Returns once the report would survive a power cut. */
  public void add(Report report) {
    var name = report.metadata().id() + SUFFIX;
    var whole = directory.resolve(name);
    var part = directory.resolve(name + ".part");
    try (var file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var bytes = report.encoded().toBuffer();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be kept", e);
    }
  }

  /**
   * Sends what waits until nothing does, or until the leader cannot be reached.
   *
   * @param progress is told how many were sent each time
   */
  public Flushed flush(Uploader uploader, Consumer<Integer> progress) {
    var refused = new ArrayList<Failure>();
    int sent = 0;
    var waiting = waiting();
    try {
      for (int from = 0, end; from < waiting.size(); from = end) {
        end = portion(waiting, from);
        var some = waiting.subList(from, end);
        var failures = uploader.upload(some.stream().map(ReportQueue::read).toList()).failures();
        refused.addAll(failures);
        some.forEach(ReportQueue::remove);
        sent += some.size() - failures.size();
        progress.accept(some.size());
      }
    } catch (DapAnswerException e) {
      if (!e.isPassing()) {
        throw e;
      }
    }
    return new Flushed(sent, refused, waiting().size());
  }

  /** Where the next request ends: as many reports as it takes, and one at least. */
  private static int portion(List<Path> waiting, int from) {
    int end = from;
    long bytes = 0;
    while (end < Math.min(waiting.size(), from + AT_ONCE)) {
      bytes += size(waiting.get(end));
      if (end > from && bytes > UploadRequest.MOST_BYTES) {
        break;
      }
      end++;
    }
    return end;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the queue cannot be read", e);
    }
  }

  private List<Path> waiting() {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the queue cannot be read", e);
    }
  }

  private static Report read(Path file) {
    try {
      return WireReader.whole(Files.readAllBytes(file), Report::read);
    } catch (IOException | ProblemException e) {
      throw new IllegalStateException("a queued report is damaged: " + file.getFileName(), e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a sent report cannot be removed", e);
    }
  }
}
