package dev.weir.audit.verify;

import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.runtime.json.Json;
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
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of an export, read as hostile input, and the findings about them. */
final class Export {
  private static final long MAX_FILE_BYTES = 32L << 20;

  private final Path directory;
  private final Path keys;
  private final List<Finding> findings = new ArrayList<>();
  private final SortedMap<String, String> fingerprints = new TreeMap<>();

  /**
   * @param keys directory with the public keys to trust
   */
  Export(Path directory, Path keys) {
    this.directory = directory;
    this.keys = keys;
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

  /** SHA-256 of each key read, by the name of its file. */
  SortedMap<String, String> fingerprints() {
    return fingerprints;
  }

  Optional<byte[]> bytes(String file) {
    return bytes(directory, file);
  }

  private static Optional<byte[]> bytes(Path directory, String file) {
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

  /** The trusted key in a file; a finding and empty when there is none. */
  Optional<NoteKey> key(String file, NoteKey.Type type) {
    var key =
        bytes(keys, file)
            .flatMap(Export::text)
            .filter(text -> text.endsWith("\n"))
            .flatMap(text -> NoteKey.parse(text.substring(0, text.length() - 1)))
            .filter(parsed -> parsed.type() == type);
    if (key.isEmpty()) {
      find(Finding.Rule.KEY, "keys/" + file);
    }
    key.ifPresent(parsed -> fingerprints.put(file, fingerprint(parsed)));
    return key;
  }

  private static String fingerprint(NoteKey key) {
    return Json.sha256Hex(key.encode().getBytes(StandardCharsets.UTF_8));
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
