package dev.weir.audit.log;

import dev.weir.privacy.merkle.EntryBundle;
import dev.weir.privacy.merkle.TilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The entry bundles of the log: appends, writes, reads back. Confined to the sequencer. */
final class EntryFiles {
  private final TileFiles files;
  private final List<byte[]> open = new ArrayList<>();
  private long index;
  private boolean dirty;

  /**
   * @param size of the log whose bundles are in {@code files}
   */
  EntryFiles(TileFiles files, long size) {
    this.files = files;
    this.index = size / TilePath.FULL;
    int width = (int) (size % TilePath.FULL);
    if (width > 0) {
      open.addAll(read(files, new TilePath(TilePath.ENTRIES, index, width)));
    }
  }

  /** Adds an entry; a bundle that is full is written at once. */
  void append(byte[] entry) throws IOException {
    open.add(entry);
    dirty = true;
    if (open.size() == TilePath.FULL) {
      flush();
      open.clear();
      index++;
    }
  }

  void flush() throws IOException {
    if (dirty && !open.isEmpty()) {
      files.write(new TilePath(TilePath.ENTRIES, index, open.size()), EntryBundle.encode(open));
    }
    dirty = false;
  }

  /** The first {@code bundle.width()} entries of a bundle, as the disk has them. */
  static List<byte[]> read(TileFiles files, TilePath bundle) {
    return files
        .read(bundle)
        .flatMap(EntryBundle::parse)
        .filter(entries -> entries.size() >= bundle.width())
        .map(entries -> entries.subList(0, bundle.width()))
        .orElseThrow(
            () -> new RollbackException("an entry bundle is missing or torn: " + bundle.path()));
  }
}
