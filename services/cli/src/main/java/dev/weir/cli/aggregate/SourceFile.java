package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A file of rows, which is what its content is: it is read more than once, so that no pipe will do,
 * and must not change in between. Immutable.
 */
record SourceFile(Path path) {
  /**
   * What a file held when it was read.
   *
   * @param sha256 lower-case hex
   * @param rows the last one may lack its line feed
   * @param earlier the longest content known before that this one begins with and goes beyond
   */
  record Content(String sha256, long bytes, long rows, Optional<Beginning> earlier) {}

  /** The first rows of a file. */
  record Beginning(String sha256, long rows, long bytes) {
    /** So many bytes are not equal by chance, not even where each row is a yes or a no. */
    private static final int TELLING = 64;

    boolean mayBeChance() {
      return bytes < TELLING;
    }
  }

  /**
   * @throws CommandFault when it is a pipe, a directory or another thing that cannot be read again
   * @throws NoSuchFileException when there is none
   */
  static SourceFile of(Path path) throws IOException {
    if (Files.notExists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (!Files.isRegularFile(path)) {
      throw new CommandFault(
          ExitCode.USAGE,
          path + " 不是普通文件（例如是管道）：上报须能再次读到同样的行，请先存为文件",
          path
              + " is no regular file (but a pipe, say): an upload must be able to read the same rows"
              + " again, so save them as a file first");
    }
    return new SourceFile(path);
  }

  /**
   * Reads all of it.
   *
   * @param known contents that it may begin with, by SHA-256
   * @throws CommandFault when somebody is writing it
   */
  Content content(Set<String> known) throws IOException {
    long rows = 0;
    Optional<Beginning> earlier = Optional.empty();
    try (var in = read(Long.MAX_VALUE)) {
      int last = '\n';
      for (int read = in.peek(); read >= 0; read = in.peek()) {
        if (read == '\n' || read == '\r' || last == '\n') {
          long before = last == '\n' ? rows : rows + 1;
          var here = in.among(known).map(sha -> new Beginning(sha, before, in.count()));
          earlier = here.isPresent() ? here : earlier;
        }
        last = in.read();
        rows += last == '\n' ? 1 : 0;
      }
      rows += last == '\n' ? 0 : 1;
      if (Files.size(path) != in.count()) {
        throw new CommandFault(
            ExitCode.RETRYABLE,
            path + " 正在被写入；写完后再执行，未上报任何内容",
            path + " is being written; run it again when it is whole, nothing was sent");
      }
      return new Content(in.sha256(), in.count(), rows, earlier);
    }
  }

  /** True when it has grown, or shrunk, since. */
  boolean isOtherThan(Content content) throws IOException {
    return Files.size(path) != content.bytes();
  }

  /**
   * @param most bytes that are read; those behind them came later
   */
  Reading read(long most) throws IOException {
    return new Reading(new BufferedInputStream(Files.newInputStream(path)), most);
  }

  /** A file as it is read, with the digest of what was read until now. Confined. */
  static final class Reading extends InputStream {
    private static final int END = -1;

    private final InputStream in;
    private final long most;
    private final MessageDigest sha = digest();
    private long count;
    private int next;
    private boolean peeked;

    private Reading(InputStream in, long most) {
      this.in = in;
      this.most = most;
    }

    /** The next byte, which stays the next one. */
    int peek() throws IOException {
      if (!peeked) {
        next = count < most ? in.read() : END;
        peeked = true;
      }
      return next;
    }

    @Override
    public int read() throws IOException {
      int read = peek();
      if (read != END) {
        sha.update((byte) read);
        count++;
        peeked = false;
      }
      return read;
    }

    long count() {
      return count;
    }

    /** The digest, where it is one of these. */
    Optional<String> among(Set<String> known) {
      return known.isEmpty() || count == 0
          ? Optional.empty()
          : Optional.of(sha256()).filter(known::contains);
    }

    /** Lower-case hex. */
    String sha256() {
      try {
        return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("the JDK's digests can be cloned", e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
