package dev.weir.query.he.client;

import dev.weir.query.he.client.AskedQuestions.One;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A file that only its owner can open, in which questions wait for their replies: the questions in
 * the first line, then bytes that were not sent yet. Each change is on the disk before the asker
 * goes on. Confined to one thread.
 */
public final class QuestionFile implements Keeping {
  private static final int VERSION = 1;
  private static final long MAX_FILE_BYTES = 256L << 20;
  private static final int PIECE_BYTES = 384 << 10;

  private final Path keyFile;
  private final boolean lasting;
  private final Path file; // beside a key, its beginning
  private Optional<AskedQuestions> asked = Optional.empty();
  private Map<UUID, ByteBuffer> unsent = Map.of();

  private QuestionFile(Path file, Path keyFile, boolean lasting) {
    this.file = file;
    this.keyFile = keyFile;
    this.lasting = lasting;
  }

  /**
   * @param keyFile of the key that the questions are asked with
   * @param lasting whether the asker keeps the file when it was shown the answer
   */
  private record Stored(
      int v, String keyFile, boolean lasting, List<One> questions, Optional<String> score) {}

  private record Piece(UUID ticket, String bytes) {}

  /**
   * A new file that its asker named, and keeps.
   *
   * @throws IOException when there is a file, or none could be made; nothing was asked then
   */
  public static QuestionFile at(Path file, Path keyFile) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    requireRoom(file);
    return new QuestionFile(file, keyFile.toAbsolutePath(), true);
  }

  /**
   * A new file beside the key, named after it and the ticket, that goes when the answer was shown.
   *
   * @throws IOException when none could be made; nothing was asked then
   */
  public static QuestionFile beside(Path keyFile) throws IOException {
    requireRoom(keyFile);
    return new QuestionFile(keyFile, keyFile.toAbsolutePath(), false);
  }

  /**
   * @throws ClientRefusal when no question waits in it
   */
  public static QuestionFile read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw noQuestion(file);
    }
    try {
      var lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        throw noQuestion(file);
      }
      var stored = Json.read(lines.getFirst().getBytes(StandardCharsets.UTF_8), Stored.class);
      if (stored.v() != VERSION || stored.questions().isEmpty()) {
        throw noQuestion(file);
      }
      var read = new QuestionFile(file, Path.of(stored.keyFile()), stored.lasting());
      read.asked = Optional.of(new AskedQuestions(stored.questions(), stored.score()));
      read.unsent = unsent(lines.subList(1, lines.size()));
      return read;
    } catch (com.fasterxml.jackson.core.JacksonException
        | java.nio.charset.CharacterCodingException
        | IllegalArgumentException e) {
      throw noQuestion(file);
    }
  }

  /**
   * @return empty when no question waits in it
   */
  public static Optional<QuestionFile> find(Path file) throws IOException {
    try {
      return Optional.of(read(file));
    } catch (ClientRefusal none) {
      return Optional.empty();
    }
  }

  private static Map<UUID, ByteBuffer> unsent(List<String> lines) throws IOException {
    var parts = new HashMap<UUID, ByteArrayOutputStream>();
    for (String line : lines) {
      var piece = Json.read(line.getBytes(StandardCharsets.UTF_8), Piece.class);
      parts
          .computeIfAbsent(piece.ticket(), ticket -> new ByteArrayOutputStream())
          .writeBytes(Base64.getDecoder().decode(piece.bytes()));
    }
    var unsent = new HashMap<UUID, ByteBuffer>();
    parts.forEach((ticket, bytes) -> unsent.put(ticket, ByteBuffer.wrap(bytes.toByteArray())));
    return unsent;
  }

  @Override
  public void keep(AskedQuestions newest, Map<UUID, ByteBuffer> notSent) {
    try {
      Path place = place(newest);
      if (asked.isEmpty() && Files.exists(place)) {
        throw new FileAlreadyExistsException(place.toString());
      }
      OwnerOnly.writeForced(place, bytes(newest, notSent));
      asked = Optional.of(newest);
      unsent = notSent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(AskedQuestions newest, Map<UUID, ByteBuffer> notSent) throws IOException {
    var bytes = new ByteArrayOutputStream();
    line(
        bytes,
        new Stored(VERSION, keyFile.toString(), lasting, newest.questions(), newest.score()));
    // One question that was never sent has cost nothing; among several it would waste the others.
    if (newest.questions().size() > 1) {
      for (var one : notSent.entrySet()) {
        for (String piece : pieces(one.getValue())) {
          line(bytes, new Piece(one.getKey(), piece));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void line(ByteArrayOutputStream bytes, Object value) throws IOException {
    bytes.writeBytes(Json.mapper().writeValueAsBytes(value));
    bytes.write('\n');
  }

  private static List<String> pieces(ByteBuffer question) {
    var pieces = new ArrayList<String>();
    var rest = question.duplicate();
    while (rest.hasRemaining()) {
      byte[] piece = new byte[Math.min(rest.remaining(), PIECE_BYTES)];
      rest.get(piece);
      pieces.add(Base64.getEncoder().encodeToString(piece));
    }
    return pieces;
  }

  /** Where the questions are kept; empty before they are. */
  public Optional<Path> file() {
    return asked.map(this::place);
  }

  /** What is kept; empty before anything is. */
  public Optional<AskedQuestions> asked() {
    return asked;
  }

  /** The file of the key that opens the replies. */
  public Path keyFile() {
    return keyFile;
  }

  /**
   * Takes the reply that is missing.
   *
   * @throws ClientRefusal as of {@link LateReplies#fetch}
   */
  public LateReplies.Ended fetch(
      QuestionService service, BuilderKey key, java.time.Duration patience) {
    return new LateReplies(key).fetch(service, asked.orElseThrow(), unsent, this, patience);
  }

  /**
   * The answer was shown: the file goes, or, where its asker keeps it, holds the reply alone if
   * there is one.
   */
  public void shown() throws IOException {
    var kept = asked.orElseThrow();
    if (!lasting) {
      remove();
    } else if (kept.score().isEmpty() && kept.answered()) {
      var reply = kept.replies().getFirst();
      OwnerOnly.writeForced(
          place(kept),
          (Json.mapper().writeValueAsString(reply) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** For questions that will have no reply. */
  public void remove() throws IOException {
    Files.deleteIfExists(place(asked.orElseThrow()));
  }

  private Path place(AskedQuestions kept) {
    boolean beside = file.toAbsolutePath().equals(keyFile);
    var ticket = kept.questions().getFirst().ticket().id();
    return beside ? file.resolveSibling(file.getFileName() + "." + ticket + ".asked") : file;
  }

  /** Before a ticket is asked for: where the file could not be made in any case. */
  private static void requireRoom(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && Files.isRegularFile(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    if (directory == null || !Files.isDirectory(directory)) {
      throw new NoSuchFileException(String.valueOf(directory));
    }
    if (!Files.isWritable(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
  }

  private static ClientRefusal noQuestion(Path file) {
    return new ClientRefusal("文件中没有等待答复的提问：" + file, "no question waits for its reply in " + file);
  }
}
