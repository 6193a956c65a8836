package dev.weir.audit.receipt;

import dev.weir.audit.log.LogDirectory;
import dev.weir.audit.log.LogStatus;
import dev.weir.audit.log.Trees;
import dev.weir.audit.read.Entry;
import dev.weir.audit.read.EntryStore;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.Prover;
import dev.weir.runtime.http.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Gives receipts. A leaf may still be on its way when it is asked for, so an id that the caller
 * does not see is waited for just as long as one that it may see. Thread-safe.
 */
public final class Receipts {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final int WAITING_CALLERS = 16;

  private final EntryStore entries;
  private final LogDirectory directory;
  private final LogStatus status;
  private final boolean witnessed;
  private final Semaphore waiting = new Semaphore(WAITING_CALLERS);

  /**
   * @param witnessed whether there is a witness to wait for
   */
  public Receipts(EntryStore entries, LogDirectory directory, LogStatus status, boolean witnessed) {
    this.entries = entries;
    this.directory = directory;
    this.status = status;
    this.witnessed = witnessed;
  }

  /**
   * @throws ProblemException {@code NOT_FOUND} for a leaf that the caller does not see, {@code
   *     UNAVAILABLE} when it is not published in time
   */
  public Receipt of(Caller caller, LeafId id) throws InterruptedException {
    if (!status.serving() || !waiting.tryAcquire()) {
      throw unavailable();
    }
    try {
      long end = System.nanoTime() + WAIT.toNanos();
      var entry = sequenced(caller, id, end);
      if (entry.isEmpty()) {
        throw new ProblemException(ProblemType.NOT_FOUND, "There is no such leaf.");
      }
      return receipt(entry.get(), end);
    } finally {
      waiting.release();
    }
  }

  private Optional<Entry> sequenced(Caller caller, LeafId id, long end)
      throws InterruptedException {
    var entry = entries.find(caller, id);
    while (entry.isEmpty() && left(end).isPositive()) {
      long seen = status.published();
      status.await(() -> status.published() != seen, left(end));
      entry = entries.find(caller, id);
    }
    return entry;
  }

  private Receipt receipt(Entry entry, long end) throws InterruptedException {
    if (!status.await(() -> status.published() > entry.index(), left(end))) {
      throw unavailable();
    }
    if (witnessed) {
      status.await(() -> status.cosigned() > entry.index(), left(end));
    }
    boolean cosigned = status.cosigned() > entry.index();
    var note = (cosigned ? directory.cosigned() : directory.checkpoint()).orElseThrow();
    long size = Checkpoint.parse(note.text()).orElseThrow().size();
    var nodes = directory.tiles().reader(Trees.SHA256, size);
    var proof = new Prover(Trees.SHA256, nodes).inclusion(entry.index(), size);
    return new Receipt(
        entry.leafId(),
        entry.index(),
        entry.leaf(),
        size,
        proof.stream().map(Hash::base64).toList(),
        note.encode(),
        cosigned);
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  private static ProblemException unavailable() {
    return new ProblemException(
        ProblemType.UNAVAILABLE, "The log has not published this yet; ask again in a second.");
  }
}
