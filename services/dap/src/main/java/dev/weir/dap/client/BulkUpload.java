package dev.weir.dap.client;

import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Uploads a file of measurements, one a row, of any length. Killed at any moment and run again with
 * the same journal it goes on, and no row counts twice. While the leader is away reports are made
 * and kept, and wait; what it does not take yet comes again with the next run. Confined.
 */
public final class BulkUpload {
  /** Most reports in one request. */
  public static final int AT_ONCE = 100;

  /** Before the name of a leader's error, where a row's reason is one. */
  public static final String REFUSED = "refused: ";

  private static final int MOST_WAITS = 60;
  private static final int TOO_MANY = 429;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final UploadJournal journal;
  private final Uploader uploader;
  private final Consumer<Duration> wait;
  private boolean away;

  /**
   * @param wait called when the leader asks to come back within five minutes; one that asks for
   *     more is away
   */
  public BulkUpload(UploadJournal journal, Uploader uploader, Consumer<Duration> wait) {
    this.journal = journal;
    this.uploader = uploader;
    this.wait = wait;
  }

  /** Makes reports of rows, or says why there is none. */
  public interface RowReader {
    /**
     * @param number of the row, from 1
     */
    Entry read(long number, String row);

    /**
     * A row's report once more, sealed to the keys of today, with its id and time.
     *
     * @param earlier of the report that {@link #read} made of the row
     */
    Report again(String row, ReportMetadata earlier);

    /** The leader has the key no more that rows were sealed to. */
    void outdated();
  }

  /**
   * What came of it, the runs before included.
   *
   * @param sent how many reports the leader has
   * @param told rows without a report that counts, with the reason
   * @param waiting how many reports are still here
   * @param later those of them that the leader had and did not take yet
   */
  public record Summary(long rows, long sent, List<Told> told, long waiting, List<Told> later) {
    public Summary {
      told = List.copyOf(told);
      later = List.copyOf(later);
    }
  }

  /**
   * Sends what waits before it makes anything.
   *
   * @param rows all of the file's, from the first on; blank ones count as rows and have no report
   * @param progress is told how many rows are done, again and again
   * @throws DapAnswerException when the leader refuses for good
   */
  public Summary run(Iterator<String> rows, RowReader reader, Consumer<Long> progress) {
    send(reader, 0, progress);
    long number = repeated(rows, reader);
    send(reader, 0, progress);
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
      send(reader, number, progress);
    }
    return summary();
  }

  /**
   * Passes over the rows that have an entry; those that are deferred come again, unless the leader
   * is away.
   */
  private long repeated(Iterator<String> rows, RowReader reader) {
    var deferred = away ? new TreeMap<Long, Integer>() : journal.deferred();
    long number = 0;
    while (number < journal.rows() && rows.hasNext()) {
      String row = rows.next();
      number++;
      var code = deferred.get(number);
      if (code != null) {
        switch (Resend.after(code)) {
          case AS_IT_IS -> journal.repeat(number);
          case SEALED_ANEW -> journal.repeat(number, reader.again(row, journal.deferred(number)));
          case NEVER -> throw new IllegalStateException("a row is deferred for good");
        }
      }
    }
    journal.keep();
    return number;
  }

  private Summary summary() {
    var refused = journal.told();
    long bad = refused.stream().filter(one -> !isRefusal(one)).count();
    long waiting = (long) journal.made() - journal.settled();
    var later = new ArrayList<Told>();
    journal.deferred().forEach((row, code) -> later.add(new Told(row, name(code))));
    return new Summary(
        journal.made() + bad, journal.settled() - (refused.size() - bad), refused, waiting, later);
  }

  private void send(RowReader reader, long number, Consumer<Long> progress) {
    var reports = journal.next(AT_ONCE);
    while (!away && !reports.isEmpty()) {
      var failures = taken(reports);
      if (!away) {
        settle(reports, failures, reader);
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
        if (problem.status() != TOO_MANY || problem.retryAfter().compareTo(LONGEST_WAIT) > 0) {
          break;
        }
        wait.accept(problem.retryAfter());
      }
    }
    away = true;
    return List.of();
  }

  private void settle(List<Report> reports, List<Failure> failures, RowReader reader) {
    var rows = new HashMap<ReportId, Long>(); // of which the leader has not said anything yet
    for (int i = 0; i < reports.size(); i++) {
      rows.put(reports.get(i).metadata().id(), journal.row(i));
    }
    var refused = new ArrayList<Told>();
    var later = new TreeMap<Long, Integer>();
    for (var failure : failures) {
      var row = rows.remove(failure.id()); // its first word counts
      int code = failure.code();
      if (row != null && code != ReportError.REPORT_REPLAYED.code()) { // a replayed one is there
        if (Resend.after(code) == Resend.NEVER) {
          refused.add(new Told(row, REFUSED + name(code)));
        } else {
          later.put(row, code);
        }
      }
    }
    journal.settle(reports.size(), refused, later);
    if (later.values().stream().anyMatch(code -> Resend.after(code) == Resend.SEALED_ANEW)) {
      reader.outdated();
    }
  }

  private static boolean isRefusal(Told one) {
    return one.reason().startsWith(REFUSED);
  }

  private static String name(int code) {
    return ReportError.of(code).map(ReportError::label).orElse("code " + code);
  }
}
