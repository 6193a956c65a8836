package dev.weir.audit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.EntryBundle;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Exports the log of one cosigned checkpoint. What is written is what the server said; nothing is
 * checked here, that is {@link dev.weir.audit.verify.LogVerifier}'s part.
 */
public final class LogExporter {
  private static final int HASH_BYTES = 32;
  private static final int PAIR_ATTEMPTS = 20;

  private final LogSource source;
  private final Path directory;
  private final ObjectMapper json = Json.mapper();
  private final TreeSet<String> metered = new TreeSet<>();

  /**
   * @param directory new or empty
   */
  public LogExporter(LogSource source, Path directory) {
    this.source = source;
    this.directory = directory;
  }

  /**
   * @param progress told the number of leaves written so far
   * @return how many leaves the export holds
   */
  public long export(LongConsumer progress) throws IOException, InterruptedException {
    requireEmpty();
    writeKeys();
    long size = writeCheckpoints();
    for (long at = 0; at < size; at += TilePath.FULL) {
      writeBundle(TilePath.holding(TilePath.ENTRIES, at, size));
      progress.accept(Math.min(size, at + TilePath.FULL));
    }
    for (int level = 0; size >>> (level * TilePath.HEIGHT) > 0; level++) {
      for (long at = 0; at < size >>> (level * TilePath.HEIGHT); at += TilePath.FULL) {
        var tile = TilePath.holding(level, at, size);
        writeTile("", tile);
        writeTile("sm3/", tile);
      }
    }
    for (var contract : metered) {
      var statement = source.get("/v1/meter/statement?contractId=" + contract + "&size=" + size);
      write("statements/" + contract + ".json", statement);
    }
    return size;
  }

  private void requireEmpty() throws IOException {
    Files.createDirectories(directory);
    try (var files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new IOException("the directory of an export must be empty");
      }
    }
  }

  private void writeKeys() throws IOException, InterruptedException {
    var keys = json.readTree(source.get("/v1/log/keys"));
    writeKey("log.vkey", keys.path("log"));
    writeKey("log-sm3.vkey", keys.path("sm3"));
    writeKey("witness.vkey", keys.path("witness"));
  }

  private void writeKey(String file, JsonNode key) throws IOException {
    if (key.isTextual()) {
      write("keys/" + file, (key.asText() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Both checkpoints of one size; the pair may be replaced between the two requests. */
  private long writeCheckpoints() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < PAIR_ATTEMPTS; attempt++) {
      var main = source.get("/v1/log/checkpoint");
      var twin = source.get("/v1/log/sm3/checkpoint");
      if (size(main) == size(twin)) {
        write("checkpoint", main);
        write("sm3/checkpoint", twin);
        return size(main);
      }
    }
    throw new IOException("the two checkpoints never had one size");
  }

  private static long size(byte[] note) throws IOException {
    return SignedNote.parse(new String(note, StandardCharsets.UTF_8))
        .flatMap(parsed -> Checkpoint.parse(parsed.text()))
        .map(Checkpoint::size)
        .orElseThrow(() -> new IOException("the server sent no checkpoint"));
  }

  private void writeBundle(TilePath bundle) throws IOException, InterruptedException {
    var entries =
        EntryBundle.parse(source.get("/v1/log/" + bundle.path()))
            .filter(parsed -> parsed.size() >= bundle.width())
            .orElseThrow(() -> new IOException("the server sent a torn bundle"))
            .subList(0, bundle.width());
    write(bundle.path(), EntryBundle.encode(entries));
    for (var entry : entries) {
      var leaf = json.readTree(entry);
      if (leaf.path("kind").asText().equals("METER")) {
        metered.add(leaf.path("contractId").asText());
      }
    }
  }

  private void writeTile(String prefix, TilePath tile) throws IOException, InterruptedException {
    var content = source.get("/v1/log/" + prefix + tile.path());
    int wanted = tile.width() * HASH_BYTES;
    if (content.length < wanted) {
      throw new IOException("the server sent a short tile");
    }
    write(prefix + tile.path(), Arrays.copyOf(content, wanted));
  }

  private void write(String file, byte[] content) throws IOException {
    var path = directory.resolve(file).normalize();
    if (!path.startsWith(directory.normalize())) {
      throw new IOException("the server named a file outside the export");
    }
    Files.createDirectories(path.resolve("..").normalize());
    Files.write(path, content);
  }
}
