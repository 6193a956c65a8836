package dev.weir.audit.verify;

import dev.weir.audit.log.Trees;
import dev.weir.audit.verify.Finding.Rule;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.TilePath;
import java.util.Optional;

/**
 * Hashes every entry in both trees and compares with the tiles. An entry whose hash differs in both
 * was altered; where it differs in one the tile was. The trees go on with what the tiles say of an
 * altered entry, so that one altered byte is one finding.
 */
final class EntryCheck {
  private final Export export;
  private final LeafCheck leaves;
  private final long size;
  private final TileCheck main;
  private final TileCheck twin;
  private final Optional<Checkpoint> since;
  private Optional<Hash> sinceRoot = Optional.empty();

  EntryCheck(Export export, LeafCheck leaves, long size, Optional<Checkpoint> since) {
    this.export = export;
    this.leaves = leaves;
    this.size = size;
    this.main = new TileCheck(export, Trees.SHA256, "", size);
    this.twin = new TileCheck(export, Trees.SM3, "sm3/", size);
    this.since = since;
    rememberSince(0);
  }

  /** Reads all entries; false, with a finding, when one of the bundles is missing. */
  boolean run() {
    for (long at = 0; at < size; at += TilePath.FULL) {
      var path = TilePath.holding(TilePath.ENTRIES, at, size);
      var bytes = export.bytes(path.path());
      if (bytes.isEmpty()) {
        export.find(Rule.MISSING, at, "", path.path());
        return false;
      }
      bundle(at, path, LooseBundle.read(bytes.get(), path.width()));
    }
    return true;
  }

  /** Root over the leaves of the earlier checkpoint. */
  Optional<Hash> sinceRoot() {
    return sinceRoot;
  }

  Hash root() {
    return main.root();
  }

  Hash twinRoot() {
    return twin.root();
  }

  private void bundle(long first, TilePath path, LooseBundle bundle) {
    boolean torn = false;
    for (int i = 0; i < path.width(); i++) {
      long index = first + i;
      boolean there = i < bundle.entries().size();
      boolean kept = there && !torn && entry(index, bundle.entries().get(i), path.path());
      if (!kept) {
        if (!torn && !there) {
          export.find(Rule.ENTRY, index, "", path.path());
        }
        torn |= !bundle.whole();
        main.append(main.stored(index).orElse(Trees.SHA256.empty()));
        twin.append(twin.stored(index).orElse(Trees.SM3.empty()));
      }
      rememberSince(index + 1);
    }
    if (!bundle.whole() && !torn) {
      export.find(Rule.ENTRY, first + path.width() - 1, "", path.path()); // bytes left over
    }
  }

  /** Judges one entry; when it stands, both trees have taken it. */
  private boolean entry(long index, byte[] entry, String file) {
    var hash = main.leaf(entry);
    var twinHash = twin.leaf(entry);
    boolean differs = main.stored(index).filter(stored -> !stored.equals(hash)).isPresent();
    boolean twinDiffers = twin.stored(index).filter(stored -> !stored.equals(twinHash)).isPresent();
    if (differs && twinDiffers) {
      export.find(Rule.ENTRY, index, LeafCheck.idOf(entry), file);
      return false;
    }
    if (differs) {
      export.find(Rule.TILE, index, "", main.file(index));
    }
    if (twinDiffers) {
      export.find(Rule.TILE, index, "", twin.file(index));
    }
    main.append(hash);
    twin.append(twinHash);
    leaves.add(index, entry, file);
    return true;
  }

  private void rememberSince(long grown) {
    if (since.filter(earlier -> earlier.size() == grown).isPresent()) {
      sinceRoot = Optional.of(main.root());
    }
  }
}
