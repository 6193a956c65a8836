package dev.weir.audit.witness;

import dev.weir.audit.log.DurableFiles;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.NoteSigner;
import dev.weir.privacy.merkle.NoteVerifier;
import dev.weir.privacy.merkle.ProofVerifier;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TreeHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Cosigns the checkpoints of one log. What it saw last is on its disk, synced, before a cosignature
 * leaves, and requests are judged one after the other: it never cosigns two checkpoints of which
 * one does not extend the other, however often it is killed. Thread-safe.
 */
public final class Witness {
  private final Path seen;
  private final NoteVerifier log;
  private final NoteSigner cosigner;
  private final ProofVerifier proofs = new ProofVerifier(TreeHasher.sha256());
  private Optional<Checkpoint> last;

  /**
   * @param seen file with the last checkpoint cosigned; made at the first one
   * @throws IOException also when the file is damaged: the witness then refuses to start
   */
  public Witness(Path seen, NoteVerifier log, NoteSigner cosigner) throws IOException {
    this.seen = seen;
    this.log = log;
    this.cosigner = cosigner;
    this.last = load(seen);
  }

  public NoteKey key() {
    return cosigner.key();
  }

  public synchronized WitnessReply add(AddCheckpoint request) throws IOException {
    var parsed = Checkpoint.parse(request.note().text());
    if (parsed.isEmpty()) {
      return new WitnessReply.Malformed();
    }
    var checkpoint = parsed.get();
    if (!checkpoint.origin().equals(log.key().name())) {
      return new WitnessReply.UnknownLog();
    }
    if (!log.verify(request.note())) {
      return new WitnessReply.Unsigned();
    }
    if (request.oldSize() > checkpoint.size()) {
      return new WitnessReply.Malformed();
    }
    return judge(request, checkpoint);
  }

  private WitnessReply judge(AddCheckpoint request, Checkpoint checkpoint) throws IOException {
    long lastSize = last.map(Checkpoint::size).orElse(0L);
    if (request.oldSize() != lastSize) {
      return new WitnessReply.Conflict(lastSize);
    }
    var lastRoot = last.map(Checkpoint::root).orElse(TreeHasher.sha256().empty());
    if (lastSize == checkpoint.size() && !lastRoot.equals(checkpoint.root())) {
      return new WitnessReply.Conflict(lastSize);
    }
    if (!proofs.consistency(
        lastSize, checkpoint.size(), lastRoot, checkpoint.root(), request.proof())) {
      return new WitnessReply.Inconsistent();
    }
    var cosigned = cosigner.sign(new SignedNote(request.note().text(), java.util.List.of()));
    DurableFiles.write(seen, cosigned.encode().getBytes(StandardCharsets.UTF_8));
    last = Optional.of(checkpoint);
    return new WitnessReply.Cosigned(cosigned.signatures().getFirst());
  }

  private static Optional<Checkpoint> load(Path seen) throws IOException {
    if (!Files.exists(seen)) {
      return Optional.empty();
    }
    var checkpoint =
        SignedNote.parse(Files.readString(seen)).flatMap(note -> Checkpoint.parse(note.text()));
    if (checkpoint.isEmpty()) {
      throw new IOException("the witness's memory is damaged; it must not start");
    }
    return checkpoint;
  }
}
