package dev.weir.audit.verify;

import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of an export, read as hostile input, and the findings about them. */
final class Export {
  private static final long MAX_FILE_BYTES = 32L << 20;

  private final Path directory;
  private final List<Finding> findings = new ArrayList<>();

  Export(Path directory) {
    this.directory = directory;
  }

  void find(Finding.Rule rule, long index, String leafId, String file) {
    findings.add(new Finding(rule, index, leafId, file));
  }

  void find(Finding.Rule rule, String file) {
    find(rule, -1, "", file);
  }

  List<Finding> findings() {
    return findings;
  }

  Optional<byte[]> bytes(String file) {
    try {
      var path = directory.resolve(file);
      return Files.isRegularFile(path) && Files.size(path) <= MAX_FILE_BYTES
          ? Optional.of(Files.readAllBytes(path))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> statements() {
    var statements = directory.resolve("statements");
    if (!Files.isDirectory(statements)) {
      return List.of();
    }
    try (var files = Files.list(statements)) {
      return files.map(file -> "statements/" + file.getFileName()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key in a file; a finding and empty when there is none. */
  Optional<NoteKey> key(String file, NoteKey.Type type) {
    var key =
        bytes(file)
            .flatMap(Export::text)
            .filter(text -> text.endsWith("\n"))
            .flatMap(text -> NoteKey.parse(text.substring(0, text.length() - 1)))
            .filter(parsed -> parsed.type() == type);
    if (key.isEmpty()) {
      find(Finding.Rule.KEY, file);
    }
    return key;
  }

  static Optional<SignedNote> note(byte[] bytes) {
    return text(bytes).flatMap(SignedNote::parse);
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
