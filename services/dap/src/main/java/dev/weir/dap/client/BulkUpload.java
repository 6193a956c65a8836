package dev.weir.dap.client;

import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Uploads a file of measurements, one a row, of any length. Killed at any moment and run again with
 * the same journal it goes on, and no row counts twice. While the leader is away reports are made
 * and kept, and wait. Confined.
 */
public final class BulkUpload {
  /** Most reports in one request. */
  public static final int AT_ONCE = 100;

  private static final int MOST_WAITS = 60;
  private static final int TOO_MANY = 429;
  private static final String REFUSED = "refused: ";

  private final UploadJournal journal;
  private final Uploader uploader;
  private final Consumer<Duration> wait;
  private boolean away;

  /**
   * @param wait called when the leader asks to come back later
   */
  public BulkUpload(UploadJournal journal, Uploader uploader, Consumer<Duration> wait) {
    this.journal = journal;
    this.uploader = uploader;
    this.wait = wait;
  }

  /** Makes a report of a row, or says why there is none. */
  @FunctionalInterface
  public interface RowReader {
    /**
     * @param number of the row, from 1
     */
    Entry read(long number, String row);
  }

  /**
   * What came of it, the runs before included.
   *
   * @param sent how many reports the leader has
   * @param told rows without a report that counts, with the reason
   * @param waiting how many reports are still here
   */
  public record Summary(long rows, long sent, List<Told> told, long waiting) {
    public Summary {
      told = List.copyOf(told);
    }
  }

  /**
   * @param rows all of the file's, from the first on; blank ones count as rows and have no report
   * @param progress is told how many rows are done, again and again
   * @throws DapAnswerException when the leader refuses for good
   */
  public Summary run(Iterator<String> rows, RowReader reader, Consumer<Long> progress) {
    long number = 0;
    for (; number < journal.rows() && rows.hasNext(); number++) {
      rows.next();
    }
    send(0, progress);
    while (rows.hasNext()) {
      var entries = new ArrayList<Entry>();
      long bytes = 0;
      while (rows.hasNext() && entries.size() < AT_ONCE && bytes < UploadRequest.MOST_BYTES) {
        String row = rows.next();
        number++;
        if (!row.isBlank()) {
          var entry = reader.read(number, row);
          bytes += entry instanceof Entry.Good(long good, Report report) ? report.bytes() : 0;
          entries.add(entry);
        }
      }
      journal.add(entries);
      send(number, progress);
    }
    var refused = journal.told();
    long bad = refused.stream().filter(one -> !isRefusal(one)).count();
    long waiting = (long) journal.made() - journal.settled();
    return new Summary(
        journal.made() + bad, journal.settled() - (refused.size() - bad), refused, waiting);
  }

  private void send(long number, Consumer<Long> progress) {
    var reports = journal.next(AT_ONCE);
    while (!away && !reports.isEmpty()) {
      var failures = taken(reports);
      if (!away) {
        journal.settle(reports.size(), refusals(reports, failures));
        reports = journal.next(AT_ONCE);
      }
    }
    progress.accept(Math.max(number, journal.rows()));
  }

  /** Sends one request, again where the leader says when; from then on it is away otherwise. */
  private List<Failure> taken(List<Report> reports) {
    for (int i = 0; i < MOST_WAITS; i++) {
      try {
        return uploader.upload(reports).failures();
      } catch (DapAnswerException problem) {
        if (!problem.isPassing()) {
          throw problem;
        }
        if (problem.status() != TOO_MANY) {
          break;
        }
        wait.accept(problem.retryAfter());
      }
    }
    away = true;
    return List.of();
  }

  private List<Told> refusals(List<Report> reports, List<Failure> failures) {
    var rows = new HashMap<ReportId, Long>();
    for (int i = 0; i < reports.size(); i++) {
      rows.put(reports.get(i).metadata().id(), journal.row(i));
    }
    return failures.stream()
        .filter(failure -> rows.containsKey(failure.id()))
        .filter(failure -> failure.code() != ReportError.REPORT_REPLAYED.code()) // it is there
        .map(failure -> new Told(rows.getOrDefault(failure.id(), 0L), reason(failure.code())))
        .toList();
  }

  private static boolean isRefusal(Told one) {
    return one.reason().startsWith(REFUSED);
  }

  private static String reason(int code) {
    return REFUSED
        + ReportError.of(code)
            .map(error -> error.name().toLowerCase(Locale.ROOT))
            .orElse("code " + code);
  }
}
