package dev.weir.audit.log;

import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.NodeReader;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.privacy.merkle.TileReader;
import dev.weir.privacy.merkle.TreeHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The tiles of one tree below one directory. Reading is thread-safe; one writer. */
public final class TileFiles {
  private final Path root;

  public TileFiles(Path root) {
    this.root = root;
  }

  void write(TilePath tile, byte[] content) throws IOException {
    DurableFiles.write(root.resolve(tile.path()), content);
    if (!tile.partial()) {
      removePartial(root.resolve(tile.path() + ".p")); // readers fall back to the full tile
    }
  }

  private static void removePartial(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (var partial = Files.list(directory)) {
        for (var file : partial.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  /** The tile, from its full form when the partial one is gone; empty when there is neither. */
  public Optional<byte[]> read(TilePath tile) {
    return content(tile).or(() -> tile.partial() ? content(tile.full()) : Optional.empty());
  }

  private Optional<byte[]> content(TilePath tile) {
    try {
      return Optional.of(Files.readAllBytes(root.resolve(tile.path())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hashes of a hash tile, {@code tile.width()} of them. */
  List<Hash> hashes(TilePath tile, int hashBytes) {
    var bytes = required(tile, hashBytes);
    var hashes = new ArrayList<Hash>();
    for (int at = 0; at < bytes.length; at += hashBytes) {
      hashes.add(Hash.of(Arrays.copyOfRange(bytes, at, at + hashBytes)));
    }
    return hashes;
  }

  /**
   * Nodes of the tree of {@code size} leaves, from the files as they are now: each tile is read
   * once in the life of the reader, which is confined to its user.
   */
  public NodeReader reader(TreeHasher hasher, long size) {
    var seen = new HashMap<TilePath, byte[]>();
    return new TileReader(
        hasher,
        size,
        tile -> seen.computeIfAbsent(tile, unread -> required(unread, hasher.hashBytes())));
  }

  private byte[] required(TilePath tile, int hashBytes) {
    int wanted = tile.width() * hashBytes;
    return read(tile)
        .filter(bytes -> bytes.length >= wanted)
        .map(bytes -> Arrays.copyOf(bytes, wanted))
        .orElseThrow(() -> new RollbackException("a tile is missing or short: " + tile.path()));
  }
}
