package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Cosignature;
import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.NoteVerifier;
import dev.weir.privacy.merkle.ProofVerifier;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TreeHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds a receipt to what it claims, without the service that gave it: that the leaf stands in the
 * tree of the checkpoint, and, given the keys, that log and witness signed that checkpoint. Never
 * throws on what a receipt holds.
 */
final class ReceiptCheck {
  private static final TreeHasher SHA256 = TreeHasher.sha256();

  private final Optional<NoteVerifier> log;
  private final Optional<NoteVerifier> witness;

  private ReceiptCheck(Optional<NoteVerifier> log, Optional<NoteVerifier> witness) {
    this.log = log;
    this.witness = witness;
  }

  /** Checks the proof alone. */
  static ReceiptCheck ofProof() {
    return new ReceiptCheck(Optional.empty(), Optional.empty());
  }

  /**
   * Checks signatures too.
   *
   * @param keys directory with {@code log.vkey} and {@code witness.vkey}, as an export has it, from
   *     somebody other than the service that gave the receipt
   */
  static ReceiptCheck withKeys(Path keys) throws IOException {
    return new ReceiptCheck(
        Optional.of(key(keys, "log.vkey", NoteKey.Type.ED25519, Ed25519Note::verifier)),
        Optional.of(key(keys, "witness.vkey", NoteKey.Type.COSIGNATURE_V1, Cosignature::verifier)));
  }

  boolean checksSignatures() {
    return log.isPresent();
  }

  /** What does not hold; empty when all of it does. */
  List<String> findings(JsonNode receipt) {
    var findings = new ArrayList<String>();
    var note = SignedNote.parse(receipt.path("checkpoint").asText());
    var checkpoint = note.flatMap(signed -> Checkpoint.parse(signed.text()));
    if (note.isEmpty() || checkpoint.isEmpty()) {
      findings.add("checkpoint");
      return findings;
    }
    if (!proves(receipt, checkpoint.get())) {
      findings.add("proof");
    }
    log.filter(key -> !key.verify(note.get())).ifPresent(key -> findings.add("signature"));
    witness.filter(key -> !key.verify(note.get())).ifPresent(key -> findings.add("cosignature"));
    return findings;
  }

  private static boolean proves(JsonNode receipt, Checkpoint checkpoint) {
    try {
      var path = new ArrayList<Hash>();
      receipt.path("proof").forEach(hash -> path.add(Hash.ofBase64(hash.asText())));
      Hash leaf = SHA256.leaf(receipt.path("leaf").asText().getBytes(StandardCharsets.UTF_8));
      long index = receipt.path("index").asLong(-1);
      return new ProofVerifier(SHA256)
          .inclusion(index, checkpoint.size(), leaf, path, checkpoint.root());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static NoteVerifier key(
      Path keys, String file, NoteKey.Type type, Function<NoteKey, NoteVerifier> of)
      throws IOException {
    return NoteKey.parse(Files.readString(keys.resolve(file)).strip())
        .filter(key -> key.type() == type)
        .map(of)
        .orElseThrow(() ->
            new CommandFault(
                ExitCode.USAGE,
                keys.resolve(file) + " 不是公钥文件",
                keys.resolve(file) + " holds no such public key"));
  }
}
