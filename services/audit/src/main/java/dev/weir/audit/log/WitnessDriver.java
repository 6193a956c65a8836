package dev.weir.audit.log;

import dev.weir.audit.witness.AddCheckpoint;
import dev.weir.audit.witness.HttpWitness;
import dev.weir.audit.witness.WitnessReply;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Cosignature;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.Prover;
import dev.weir.privacy.merkle.SignedNote;
import java.io.IOException;
import java.util.List;

/**
 * Brings the newest checkpoint to the witness and keeps what comes back. A witness that has seen
 * more than we have, or finds us inconsistent, means that this log was set back or forked: {@link
 * RollbackException}. Confined to one thread.
 */
public final class WitnessDriver {
  private static final int ATTEMPTS = 3;

  private final LogDirectory directory;
  private final HttpWitness witness;
  private final KeySource key;
  private long lastSize;

  /** The witness's key; empty until it has been published. */
  @FunctionalInterface
  public interface KeySource {
    java.util.Optional<NoteKey> key() throws IOException;
  }

  public WitnessDriver(LogDirectory directory, HttpWitness witness, KeySource key) {
    this.directory = directory;
    this.witness = witness;
    this.key = key;
  }

  /**
   * @return true when the newest checkpoint is now cosigned; false when there is none yet
   * @throws IOException when the witness does not answer as it should; try again later
   */
  public boolean cosign() throws IOException, InterruptedException {
    var twin = directory.twinCheckpoint();
    var note = directory.checkpoint();
    if (note.isEmpty() || twin.isEmpty()) {
      return false;
    }
    var checkpoint = Checkpoint.parse(note.get().text()).orElseThrow();
    var twinSize = Checkpoint.parse(twin.get().text()).orElseThrow().size();
    if (twinSize != checkpoint.size()) {
      return false; // the pair is being replaced; the next signal comes at once
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var request = new AddCheckpoint(lastSize, proof(checkpoint), note.get());
      switch (witness.add(request)) {
        case WitnessReply.Cosigned cosigned -> {
          keep(note.get().with(cosigned.signature()), twin.get());
          lastSize = checkpoint.size();
          return true;
        }
        case WitnessReply.Conflict conflict -> {
          if (conflict.lastSize() > checkpoint.size() || conflict.lastSize() == lastSize) {
            throw new RollbackException("the witness has seen another history of this log");
          }
          lastSize = conflict.lastSize();
        }
        case WitnessReply.Inconsistent inconsistent ->
            throw new RollbackException("the witness finds this log inconsistent");
        case WitnessReply.Malformed malformed -> throw new IOException("malformed for the witness");
        case WitnessReply.Unsigned unsigned -> throw new IOException("unsigned for the witness");
        case WitnessReply.UnknownLog unknown -> throw new IOException("unknown to the witness");
      }
    }
    throw new IOException("the witness keeps naming other sizes");
  }

  private void keep(SignedNote cosigned, SignedNote twin) throws IOException {
    var witnessKey = key.key().orElseThrow(() -> new IOException("the witness's key is unknown"));
    if (!Cosignature.verifier(witnessKey).verify(cosigned)) {
      throw new IOException("the cosignature does not verify");
    }
    directory.writeCosigned(cosigned, twin);
  }

  private List<Hash> proof(Checkpoint checkpoint) {
    if (lastSize > checkpoint.size()) {
      throw new RollbackException("the log is smaller than what the witness has cosigned");
    }
    var nodes = directory.tiles().reader(Trees.SHA256, checkpoint.size());
    return new Prover(Trees.SHA256, nodes).consistency(lastSize, checkpoint.size());
  }
}
