package dev.weir.audit.witness;

import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.ProofVerifier;
import dev.weir.privacy.merkle.SignedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of {@code add-checkpoint}: {@code old <size>}, the consistency proof, one base64 hash a
 * line, an empty line, the checkpoint. Immutable.
 *
 * @param oldSize of the checkpoint that the proof starts from
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote note) {
  private static final String OLD = "old ";

  public AddCheckpoint {
    proof = List.copyOf(proof);
  }

  public String encode() {
    var body = new StringBuilder(OLD + oldSize + "\n");
    proof.forEach(hash -> body.append(hash.base64()).append('\n'));
    return body.append('\n').append(note.encode()).toString();
  }

  /**
   * @return empty when malformed
   */
  public static Optional<AddCheckpoint> parse(String body) {
    int split = body.indexOf("\n\n");
    if (split < 0 || !body.startsWith(OLD)) {
      return Optional.empty();
    }
    var lines = body.substring(0, split).split("\n", -1);
    if (lines.length - 1 > ProofVerifier.MAX_PROOF_HASHES) {
      return Optional.empty();
    }
    try {
      long oldSize = Long.parseLong(lines[0].substring(OLD.length()));
      var proof = new ArrayList<Hash>();
      for (int i = 1; i < lines.length; i++) {
        proof.add(Hash.ofBase64(lines[i]));
      }
      return oldSize < 0
          ? Optional.empty()
          : SignedNote.parse(body.substring(split + 2))
              .map(note -> new AddCheckpoint(oldSize, proof, note));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
