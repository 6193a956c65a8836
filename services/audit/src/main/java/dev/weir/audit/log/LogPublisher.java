package dev.weir.audit.log;

import dev.weir.audit.log.CrashPoints.Point;
import dev.weir.audit.log.LeafStore.Intent;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.NoteSigner;
import dev.weir.privacy.merkle.Prover;
import dev.weir.privacy.merkle.SignedNote;
import java.io.IOException;
import java.util.List;

/**
 * Turns sequenced leaves into tiles and a signed checkpoint: write, sync, read back, hash again,
 * remember in the database, sign, show. A crash between any two steps leaves files that the next
 * {@link #open} overwrites with the same bytes, because they are a function of the sequence alone;
 * nothing that was not read back is ever signed. Confined to the sequencer.
 */
public final class LogPublisher {
  private static final int READ_LEAVES = 1_000;

  private final LogDirectory directory;
  private final LogKeys keys;
  private final LeafStore store;
  private final CrashPoints crashes;
  private final long epoch;
  private final EntryFiles entries;
  private final TreeWriter tree;
  private final TreeWriter twin;
  private final ReadBack readBack;
  private long published;

  private LogPublisher(
      LogDirectory directory,
      LogKeys keys,
      LeafStore store,
      CrashPoints crashes,
      long epoch,
      long size) {
    this.directory = directory;
    this.keys = keys;
    this.store = store;
    this.crashes = crashes;
    this.epoch = epoch;
    this.published = size;
    this.entries = new EntryFiles(directory.tiles(), size);
    this.tree = new TreeWriter(Trees.SHA256, directory.tiles(), size);
    this.twin = new TreeWriter(Trees.SM3, directory.twinTiles(), size);
    this.readBack = new ReadBack(directory);
  }

  /**
   * Takes the log up where its last checkpoint left it.
   *
   * @throws RollbackException when files and database disagree about what was signed
   */
  public static LogPublisher open(
      LogDirectory directory, LogKeys keys, LeafStore store, CrashPoints crashes, long epoch) {
    long size = agreedSize(directory, keys, store);
    return new LogPublisher(directory, keys, store, crashes, epoch, size);
  }

  private static long agreedSize(LogDirectory directory, LogKeys keys, LeafStore store) {
    var intent = store.lastIntent();
    var note = directory.checkpoint();
    if (note.isEmpty()) {
      if (intent.map(Intent::published).orElse(false)) {
        throw new RollbackException("the database knows a checkpoint, the files have none");
      }
      return 0;
    }
    var checkpoint = own(note.get(), keys);
    var last =
        intent.orElseThrow(
            () -> new RollbackException("the files have a checkpoint, the database knows none"));
    if (checkpoint.size() > last.size()) {
      throw new RollbackException("the database was set back behind the last checkpoint");
    }
    if (checkpoint.size() < last.size() && last.published()) {
      throw new RollbackException("the files were set back behind the last checkpoint");
    }
    if (checkpoint.size() == last.size() && !checkpoint.root().equals(last.root())) {
      throw new RollbackException("files and database know two roots for one size");
    }
    if (store.sequenced() < last.size()) {
      throw new RollbackException("the database lost leaves of the last checkpoint");
    }
    var nodes = directory.tiles().reader(Trees.SHA256, checkpoint.size());
    if (!new Prover(Trees.SHA256, nodes).root(checkpoint.size()).equals(checkpoint.root())) {
      throw new RollbackException("the tiles do not hash to the last checkpoint");
    }
    return checkpoint.size();
  }

  private static Checkpoint own(SignedNote note, LogKeys keys) {
    if (!Ed25519Note.verifier(keys.signer().key()).verify(note)) {
      throw new RollbackException("the last checkpoint is not signed by this log");
    }
    return Checkpoint.parse(note.text())
        .filter(checkpoint -> checkpoint.origin().equals(keys.origin()))
        .orElseThrow(() -> new RollbackException("the last checkpoint is of another log"));
  }

  /**
   * Publishes everything that has been sequenced.
   *
   * @return size of the newest checkpoint
   * @throws RollbackException when what is on disk differs from what was written
   */
  public long advance() throws IOException {
    long size = store.sequenced();
    if (size == published) {
      return published;
    }
    crashes.reach(Point.SEQUENCED);
    write(size);
    var root = readBack.root(published, size);
    var twinRoot = readBack.twinRoot(published, size);
    if (!root.equals(tree.root()) || !twinRoot.equals(twin.root())) {
      throw new RollbackException("the disk does not hold what was written");
    }
    crashes.reach(Point.VERIFIED);
    store.intend(epoch, new Intent(size, root, twinRoot, false));
    crashes.reach(Point.INTENDED);
    var origin = keys.origin();
    var note = sign(keys.signer(), new Checkpoint(origin, size, root));
    var twinNote =
        sign(keys.twinSigner(), new Checkpoint(origin + Trees.TWIN_SUFFIX, size, twinRoot));
    store.publish(epoch, size, () -> show(note, twinNote));
    crashes.reach(Point.PUBLISHED);
    published = size;
    return size;
  }

  private void write(long size) throws IOException {
    while (tree.size() < size) {
      int limit = (int) Math.min(READ_LEAVES, size - tree.size());
      for (var body : store.bodies(tree.size(), limit)) {
        entries.append(body.bytes());
        tree.append(Trees.SHA256.leaf(body.bytes()));
        twin.append(Trees.SM3.leaf(body.bytes()));
      }
    }
    entries.flush();
    crashes.reach(Point.ENTRIES_WRITTEN);
    tree.flush();
    crashes.reach(Point.TILES_WRITTEN);
    twin.flush();
    crashes.reach(Point.TWIN_TILES_WRITTEN);
  }

  private void show(SignedNote note, SignedNote twinNote) throws IOException {
    directory.writeTwinCheckpoint(twinNote);
    crashes.reach(Point.TWIN_CHECKPOINT_WRITTEN);
    directory.writeCheckpoint(note);
    crashes.reach(Point.CHECKPOINT_WRITTEN);
  }

  private static SignedNote sign(NoteSigner signer, Checkpoint checkpoint) {
    return signer.sign(new SignedNote(checkpoint.text(), List.of()));
  }
}
