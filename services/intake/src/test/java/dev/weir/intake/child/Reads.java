package dev.weir.intake.child;

import dev.weir.intake.frame.Row;
import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.ColumnSpec;
import dev.weir.intake.reader.ReadRequest;
import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Reads files through a real child process. */
public final class Reads {
  private static final int ENGINE_MB = 256;

  private Reads() {}

  public static SourceProfile profile(Path file, Reading reading) {
    return profile(file, reading, rows -> {});
  }

  static SourceProfile profile(Path file, Reading reading, LongConsumer progress) {
    try (var work = WorkDirectory.below(Path.of(System.getProperty("java.io.tmpdir")));
        var child =
            ReaderProcess.start(
                request(ReadRequest.Mode.PROFILE, file, reading, List.of(), work.path()),
                ReaderLimits.DEFAULT)) {
      return child.profile(progress);
    }
  }

  public static long rows(
      Path file, Reading reading, List<ColumnSpec> columns, Consumer<Row> sink) {
    try (var work = WorkDirectory.below(Path.of(System.getProperty("java.io.tmpdir")));
        var child =
            ReaderProcess.start(
                request(ReadRequest.Mode.ROWS, file, reading, columns, work.path()),
                ReaderLimits.DEFAULT)) {
      var row = new Row(columns.size());
      long rows = 0;
      while (child.next(row)) {
        rows++;
        sink.accept(row);
      }
      return rows;
    }
  }

  public static ReadRequest request(
      ReadRequest.Mode mode, Path file, Reading reading, List<ColumnSpec> columns, Path work) {
    return new ReadRequest(
        mode, file.toString(), format(file), reading, columns, false, work.toString(), ENGINE_MB);
  }

  private static SourceFormat format(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return SourceFormat.of(in.readNBytes(4));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
