package dev.weir.audit.log;

import dev.weir.privacy.merkle.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files of a log are: {@code checkpoint} and {@code tile/…} of the SHA-256 tree with the
 * entries, {@code sm3/…} of its twin, {@code cosigned/} with the last pair a witness has signed.
 */
public record LogDirectory(Path root) {
  private static final String TWIN = "sm3";

  public TileFiles tiles() {
    return new TileFiles(root);
  }

  public TileFiles twinTiles() {
    return new TileFiles(root.resolve(TWIN));
  }

  /** The newest checkpoint; also what the next start compares with the database. */
  public Optional<SignedNote> checkpoint() {
    return note(root.resolve("checkpoint"));
  }

  public Optional<SignedNote> twinCheckpoint() {
    return note(root.resolve(TWIN).resolve("checkpoint"));
  }

  void writeCheckpoint(SignedNote note) throws IOException {
    write(root.resolve("checkpoint"), note);
  }

  void writeTwinCheckpoint(SignedNote note) throws IOException {
    write(root.resolve(TWIN).resolve("checkpoint"), note);
  }

  /** The last checkpoint that carries a cosignature. */
  public Optional<SignedNote> cosigned() {
    return note(root.resolve("cosigned").resolve("checkpoint"));
  }

  /** The twin of {@link #cosigned}, over the same leaves. */
  public Optional<SignedNote> cosignedTwin() {
    return note(root.resolve("cosigned").resolve("sm3-checkpoint"));
  }

  /** Keeps a cosigned pair; the twin first, so that a reader who sees the new one finds it. */
  public void writeCosigned(SignedNote cosigned, SignedNote twin) throws IOException {
    write(root.resolve("cosigned").resolve("sm3-checkpoint"), twin);
    write(root.resolve("cosigned").resolve("checkpoint"), cosigned);
  }

  private static void write(Path file, SignedNote note) throws IOException {
    DurableFiles.write(file, note.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<SignedNote> note(Path file) {
    try {
      var note = SignedNote.parse(Files.readString(file));
      if (note.isEmpty()) {
        throw new RollbackException("a checkpoint file is damaged: " + file.getFileName());
      }
      return note;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
