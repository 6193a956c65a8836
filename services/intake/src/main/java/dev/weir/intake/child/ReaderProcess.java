package dev.weir.intake.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.intake.frame.FrameException;
import dev.weir.intake.frame.FrameReader;
import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.frame.Row;
import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.ReadRequest;
import dev.weir.runtime.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * One running child. Its environment is empty, its errors are discarded (they may quote the file),
 * it dies with its parent because its standard input then ends, and it is killed when its time is
 * over. Confined to one thread, except {@link #close}.
 */
public final class ReaderProcess implements AutoCloseable {
  private static final ObjectMapper MAPPER = Json.mapper();

  private final Process process;
  private final FrameReader frames;

  private ReaderProcess(Process process) {
    this.process = process;
    this.frames = new FrameReader(new BufferedInputStream(process.getInputStream(), 256 << 10));
  }

  /**
   * Starts a child on the request.
   *
   * @throws UncheckedIOException when no process can be started
   */
  public static ReaderProcess start(ReadRequest request, ReaderLimits limits) {
    Path workDirectory = Path.of(request.workDirectory());
    var builder = new ProcessBuilder(ReaderCommand.of(limits, workDirectory));
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(workDirectory.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      watch(process, limits);
      send(process, request);
      return new ReaderProcess(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Standard input stays open: its end tells the child that nobody wants the answer any more. */
  private static void send(Process process, ReadRequest request) throws IOException {
    byte[] line = (MAPPER.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      process.getOutputStream().write(line);
      process.getOutputStream().flush();
    } catch (IOException e) {
      process.destroyForcibly();
      throw new ReadFaultException(ReadFault.READER_FAILED, e);
    }
  }

  private static void watch(Process process, ReaderLimits limits) {
    Thread.ofVirtual()
        .name("reader-watch-" + process.pid())
        .start(() -> {
          try {
            if (!process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
              process.destroyForcibly();
            }
          } catch (InterruptedException e) {
            process.destroyForcibly();
          }
        });
  }

  /**
   * Reads the next row.
   *
   * @return false when all rows were read
   * @throws ReadFaultException when the file cannot be read, or the child is gone
   */
  public boolean next(Row row) {
    try {
      return frames.next(row);
    } catch (FrameException e) {
      throw new ReadFaultException(ReadFault.READER_FAILED, e);
    }
  }

  /**
   * Reads the profile that was asked for.
   *
   * @param progress told the rows read so far, now and then
   * @throws ReadFaultException when the file cannot be read, or the child is gone
   */
  public SourceProfile profile(LongConsumer progress) {
    try {
      return MAPPER.readValue(frames.document(progress), SourceProfile.class);
    } catch (FrameException | IOException e) {
      throw new ReadFaultException(ReadFault.READER_FAILED, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Kills the child if it still runs. May be called from any thread. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> process).join();
  }
}
