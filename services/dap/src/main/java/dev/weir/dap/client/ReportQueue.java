package dev.weir.dap.client;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reports that wait on disk until the leader has them. A report is made once and sent as often as
 * it takes: its id lets it count once, whatever was lost on the way. What is on disk is sealed for
 * the two aggregators; not even this client can read it again. Confined to one process.
 */
public final class ReportQueue {
  private static final String SUFFIX = ".report";
  private static final String DAMAGED = ".damaged";
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
   * @param waiting how many are still here, those that came too early for the leader's clock and
   *     the outdated ones included
   * @param outdated what was sealed to a key that is gone: seal the measurement anew ({@link
   *     ReportMaker#again}) and {@link #add} it, or {@link #giveUp} the report
   * @param damaged files that hold no report any more, under the names that they were set aside by
   * @param stopped what the leader said to a whole request, behind which nothing was sent any more;
   *     flush again after its {@link DapAnswerException#retryAfter} when it {@link
   *     DapAnswerException#isPassing}, and not before somebody has looked when it is not
   */
  public record Flushed(
      int sent,
      List<Failure> refused,
      int waiting,
      List<ReportMetadata> outdated,
      List<String> damaged,
      Optional<DapAnswerException> stopped) {
    public Flushed {
      refused = List.copyOf(refused);
      outdated = List.copyOf(outdated);
      damaged = List.copyOf(damaged);
    }
  }

  /** Returns once the report would survive a power cut; one of the same id is replaced. */
  public void add(Report report) {
    try {
      DurableFile.write(file(report.metadata().id()), report.encoded());
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be kept", e);
    }
  }

  /** Forgets a report that will not be sealed anew. */
  public void giveUp(ReportId id) {
    remove(file(id));
  }

  /**
   * Sends what waits, once, or until the leader takes no request.
   *
   * @param progress is told how many the leader answered for each time, refused ones included
   */
  public Flushed flush(Uploader uploader, Consumer<Integer> progress) {
    var sending = new Sending(uploader, progress);
    var waiting = waiting();
    Optional<DapAnswerException> stopped = Optional.empty();
    try {
      for (int from = 0, end; from < waiting.size(); from = end) {
        end = portion(waiting, from);
        sending.send(waiting.subList(from, end));
      }
    } catch (DapAnswerException e) { // what came before it is told all the same
      stopped = Optional.of(e);
    }
    return new Flushed(
        sending.sent,
        sending.refused,
        waiting().size(),
        sending.outdated,
        sending.damaged,
        stopped);
  }

  /** One flush, and what came of it so far. */
  private final class Sending {
    private final Uploader uploader;
    private final Consumer<Integer> progress;
    private final List<Failure> refused = new ArrayList<>();
    private final List<ReportMetadata> outdated = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private int sent;

    Sending(Uploader uploader, Consumer<Integer> progress) {
      this.uploader = uploader;
      this.progress = progress;
    }

    void send(List<Path> files) {
      var reports = whole(files);
      if (reports.isEmpty()) {
        return;
      }
      var failures = new HashMap<ReportId, Failure>();
      uploader
          .upload(List.copyOf(reports.values()))
          .failures()
          .forEach(failure -> failures.put(failure.id(), failure));
      reports.forEach((file, report) ->
          settle(
              file, report.metadata(), Optional.ofNullable(failures.get(report.metadata().id()))));
      progress.accept(reports.size());
    }

    private void settle(Path file, ReportMetadata report, Optional<Failure> failure) {
      switch (failure.map(one -> Resend.after(one.code())).orElse(Resend.NEVER)) {
        case AS_IT_IS -> {} // it waits
        case SEALED_ANEW -> outdated.add(report);
        case NEVER -> {
          failure.ifPresentOrElse(refused::add, () -> sent++);
          remove(file);
        }
      }
    }

    /** The reports that are whole; a file that holds none is set aside. */
    private Map<Path, Report> whole(List<Path> files) {
      var reports = new LinkedHashMap<Path, Report>();
      for (Path file : files) {
        read(file)
            .ifPresentOrElse(
                report -> reports.put(file, report), () -> damaged.add(setAside(file)));
      }
      return reports;
    }
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

  private Path file(ReportId id) {
    return directory.resolve(id + SUFFIX);
  }

  /** Nothing where the bytes are not those of the report that the file is named after. */
  private Optional<Report> read(Path file) {
    try {
      var report = WireReader.whole(Files.readAllBytes(file), Report::read);
      return Optional.of(report).filter(one -> file(one.metadata().id()).equals(file));
    } catch (ProblemException damage) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the queue cannot be read", e);
    }
  }

  private static String setAside(Path file) {
    try {
      var aside = file.resolveSibling(file.getFileName() + DAMAGED);
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      return aside.getFileName().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("a damaged report cannot be set aside", e);
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
