package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Advisory locks on files. The operating system releases them when the process dies, so a lock left
 * by a killed process is no lock.
 */
public final class FileLocks {

  private FileLocks() {}

  /** Runs the work while no other process or thread runs work under the same file. */
  public static synchronized <T> T exclusively(Path file, Supplier<T> work) {
    try (var channel = open(file);
        var held = channel.lock()) {
      if (!held.isValid()) {
        throw new EmbeddedException("The lock " + file + " was lost.");
      }
      return work.get();
    } catch (IOException e) {
      throw new EmbeddedException("The lock " + file + " could not be taken.", e);
    }
  }

  /** The lock when nobody holds it; closing it gives it back. */
  public static Optional<Held> tryHold(Path file) {
    try {
      var channel = open(file);
      try {
        if (channel.tryLock() != null) {
          return Optional.of(new Held(channel));
        }
      } catch (OverlappingFileLockException e) {
        // Another thread of this process has it: the same answer.
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedException("The lock " + file + " could not be tried.", e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    OwnerOnly.directory(file.toAbsolutePath().resolveSibling(".").normalize());
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** A lock that is held until closed. */
  public static final class Held implements AutoCloseable {
    private final FileChannel channel;

    private Held(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new EmbeddedException("A lock could not be given back.", e);
      }
    }
  }
}
