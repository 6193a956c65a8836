package dev.weir.intake.reader;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.intake.frame.FrameWriter;
import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.frame.Row;
import dev.weir.intake.profile.ProfileBuilder;
import dev.weir.runtime.json.Json;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The child process: one line of JSON comes in, frames go out, then it exits. Standard output
 * belongs to the frames alone; whatever the engine prints goes to standard error, which the parent
 * discards.
 */
public final class ReaderMain {
  private static final ObjectMapper MAPPER = Json.mapper();
  private static final int ROWS_PER_PROGRESS = 20_000;

  private ReaderMain() {}

  public static void main(String[] arguments) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ReadRequest request = MAPPER.readValue(in.readLine(), ReadRequest.class);
    Thread.ofPlatform().daemon().start(() -> dieWithParent(in));
    run(request, out);
    Runtime.getRuntime().halt(0);
  }

  /** The parent holds the other end of standard input; when it is gone nobody wants the rows. */
  private static void dieWithParent(BufferedReader in) {
    try {
      while (in.read() >= 0) {
        // Nothing more is ever sent.
      }
    } catch (IOException e) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(1);
  }

  /** Answers one request; every failure of the file ends in a fault frame. */
  static void run(ReadRequest request, OutputStream out) throws IOException {
    var frames = new FrameWriter(out);
    try (SourceFile file = open(request)) {
      switch (request.mode()) {
        case PROFILE -> frames.document(MAPPER.writeValueAsBytes(profile(request, file, frames)));
        case ROWS -> sendRows(request, file, frames);
      }
    } catch (ReadFaultException e) {
      frames.fault(e.fault());
    } catch (UncheckedIOException e) {
      frames.fault(ReadFault.READER_FAILED);
    }
    out.flush();
  }

  private static SourceFile open(ReadRequest request) {
    return switch (request.format()) {
      case CSV -> new CsvSource(Path.of(request.file()), request.reading());
      case PARQUET -> new DuckDBParquet(request);
    };
  }

  private static void sendRows(ReadRequest request, SourceFile file, FrameWriter frames)
      throws IOException {
    var zone = ZoneClock.of(request.reading().zone());
    try (RowSource rows = file.rows(request.columns(), request.onlyListed(), zone)) {
      var row = new Row(request.columns().size());
      while (rows.next(row)) {
        frames.row(row);
      }
    }
    frames.end();
  }

  private static Object profile(ReadRequest request, SourceFile file, FrameWriter frames)
      throws IOException {
    List<SourceColumn> columns = file.infer();
    var specs = columns.stream().map(SourceColumn::spec).toList();
    try (RowSource rows = file.rows(specs, false, ZoneClock.showingLocalTimes());
        var builder = new ProfileBuilder(columns, Path.of(request.workDirectory()))) {
      var row = new Row(columns.size());
      while (rows.next(row)) {
        builder.add(row);
        if ((row.ordinal() + 1) % ROWS_PER_PROGRESS == 0) {
          frames.progress(row.ordinal() + 1);
        }
      }
      return builder.build(request.format(), file.encoding(), file.delimiter(), request.reading());
    }
  }
}
