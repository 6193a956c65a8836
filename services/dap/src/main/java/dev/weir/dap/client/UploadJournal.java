package dev.weir.dap.client;

import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the rows of one file of measurements: an append-only log. A row's report stands
 * here, with its id and its shares, before it is sent anywhere, so that whoever goes on after a
 * crash sends the very same report; what is here is sealed for the two aggregators. A torn end is
 * cut off when the log is opened (damage elsewhere is no torn end, and refused), and so is an
 * answer of the leader's that was not written down to its end: the reports are sent again and
 * answered for again. Confined to one process.
 */
public final class UploadJournal implements AutoCloseable {
  private final FramedLog log;
  private final Deque<Made> unanswered = new ArrayDeque<>(); // in the order in which they go
  private final Map<Long, Told> told = new LinkedHashMap<>(); // by row, each once
  private final SortedMap<Long, Deferred> deferred = new TreeMap<>();
  private final Answer answer = new Answer();
  private long rows;
  private int made;
  private int settled;
  private int repeated;

  /** What is said of a row that has no report, or whose report was refused. */
  public record Told(long row, String reason) {}

  private record Made(long row, long at, int length) {}

  private record Deferred(Made report, int code) {}

  /** What the leader said of some reports, until it is settled; by row. */
  private static final class Answer {
    private final Map<Long, Told> refused = new LinkedHashMap<>();
    private final SortedMap<Long, Deferred> later = new TreeMap<>();

    boolean isEmpty() {
      return refused.isEmpty() && later.isEmpty();
    }

    void clear() {
      refused.clear();
      later.clear();
    }
  }

  /** What is made of a row, before anything is sent. */
  public sealed interface Entry {
    long row();

    record Good(long row, Report report) implements Entry {}

    record Bad(long row, String reason) implements Entry {}
  }

  private enum Kind {
    GOOD,
    BAD,
    SETTLED,
    REFUSED,
    /** Answered for, and to come again; its payload is the code. */
    DEFERRED,
    /** Comes again as it is. */
    REPEATED,
    /** Comes again, sealed anew; its payload is the report. */
    SEALED_ANEW
  }

  /**
   * @param path of the log, in a directory that is there
   * @throws JournalException when another process works on it, or it is damaged
   */
  public UploadJournal(Path path) {
    this(FramedLog.open(path));
  }

  /**
   * @param log closed when it is none of a journal
   */
  UploadJournal(FramedLog log) {
    this.log = log;
    boolean read = false;
    try {
      log.recover((body, at) -> {
        take(body, at);
        return answer.isEmpty(); // never in the middle of an answer
      });
      answer.clear();
      read = true;
    } finally {
      if (!read) {
        log.close();
      }
    }
  }

  /** Rows up to this one have an entry. */
  public long rows() {
    return rows;
  }

  /** Bad rows, and those whose reports the leader refused. */
  public List<Told> told() {
    return List.copyOf(told.values());
  }

  /** How many rows have a report. */
  public int made() {
    return made - repeated;
  }

  /** For how many rows the leader has answered for good. */
  public int settled() {
    return settled - repeated - deferred.size();
  }

  /** Rows whose reports the leader did not take yet, with its code. */
  public SortedMap<Long, Integer> deferred() {
    var codes = new TreeMap<Long, Integer>();
    deferred.forEach((row, one) -> codes.put(row, one.code()));
    return codes;
  }

  /** A deferred row's report, but for its shares. */
  public ReportMetadata deferred(long row) {
    return read(the(row).report()).metadata();
  }

  /** Has a deferred row's report sent again; {@link #keep} before it is. */
  public void repeat(long row) {
    the(row);
    append(Kind.REPEATED, row, Bytes.EMPTY);
  }

  /** Has a deferred row's report, sealed anew, sent; {@link #keep} before it is. */
  public void repeat(long row, Report sealedAnew) {
    the(row);
    append(Kind.SEALED_ANEW, row, sealedAnew.encoded());
  }

  private Deferred the(long row) {
    var one = deferred.get(row);
    if (one == null) {
      throw new IllegalArgumentException("row " + row + " is not deferred");
    }
    return one;
  }

  /** Returns once the entries would survive a power cut. */
  public void add(List<Entry> entries) {
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Good(long row, Report report) -> append(Kind.GOOD, row, report.encoded());
        case Entry.Bad(long row, String reason) -> append(Kind.BAD, row, text(reason));
      }
    }
    keep();
  }

  /** The next reports that the leader has not answered for, as many as one request takes. */
  public List<Report> next(int most) {
    var reports = new ArrayList<Report>();
    long bytes = 0;
    for (var one : unanswered) {
      bytes += one.length();
      if (reports.size() == most || !reports.isEmpty() && bytes > UploadRequest.MOST_BYTES) {
        break;
      }
      reports.add(read(one));
    }
    return reports;
  }

  /** The row of an unanswered report, by its place in {@link #next}. */
  public long row(int place) {
    return unanswered.stream().skip(place).findFirst().orElseThrow().row();
  }

  /**
   * The leader has answered for so many more reports.
   *
   * @param refused those that it will never take
   * @param later those that it may take later, by row, with its code
   */
  public void settle(int count, List<Told> refused, Map<Long, Integer> later) {
    later.forEach((row, code) -> append(Kind.DEFERRED, row, new WireWriter().u8(code).toBytes()));
    refused.forEach(one -> append(Kind.REFUSED, one.row(), text(one.reason())));
    append(Kind.SETTLED, (long) settled + count, Bytes.EMPTY);
    keep();
  }

  private void append(Kind kind, long number, Bytes payload) {
    var body = new WireWriter().u8(kind.ordinal()).u64(number).raw(payload).toBytes().toArray();
    take(body, log.append(body));
  }

  private void take(byte[] body, long at) {
    WireReader.whole(
        body,
        in -> {
          var kind = Kind.values()[in.u8()];
          long number = in.u64();
          int length = body.length - 1 - Long.BYTES;
          Bytes payload = in.raw(length);
          switch (kind) {
            case GOOD -> {
              toGo(new Made(number, at + 1 + Long.BYTES, length));
              rows = number;
            }
            case BAD -> {
              told.put(number, new Told(number, string(payload)));
              rows = number;
            }
            case REFUSED -> answer.refused.put(number, new Told(number, string(payload)));
            case SETTLED -> {
              for (; settled < number; settled++) {
                unanswered.remove();
              }
              told.putAll(answer.refused);
              deferred.putAll(answer.later);
              answer.clear();
            }
            case DEFERRED ->
                answer.later.put(
                    number,
                    new Deferred(withoutAnswer(number), WireReader.whole(payload, WireReader::u8)));
            case REPEATED -> repeat(the(number).report());
            case SEALED_ANEW -> repeat(new Made(number, at + 1 + Long.BYTES, length));
          }
          return payload;
        });
  }

  private void repeat(Made report) {
    deferred.remove(report.row());
    toGo(report);
    repeated++;
  }

  private void toGo(Made report) {
    unanswered.add(report);
    made++;
  }

  private Made withoutAnswer(long row) {
    return unanswered.stream()
        .filter(one -> one.row() == row)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the journal defers a row without a report"));
  }

  private Report read(Made report) {
    return WireReader.whole(log.read(report.at(), report.length()), Report::read);
  }

  /** Returns once everything that was written would survive a power cut. */
  public void keep() {
    log.keep();
  }

  private static Bytes text(String text) {
    return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String string(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    log.close();
  }
}
