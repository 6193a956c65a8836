package dev.weir.audit.verify;

import dev.weir.audit.log.Sm2Note;
import dev.weir.audit.log.Trees;
import dev.weir.audit.verify.Finding.Rule;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Cosignature;
import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.NoteVerifier;
import dev.weir.privacy.merkle.SignedNote;
import java.util.Optional;
import java.util.function.Function;

/** Checks the signed notes of an export against the trusted keys. */
final class NoteCheck {
  static final String MAIN = "checkpoint";
  static final String TWIN = "sm3/checkpoint";
  private static final String WITNESS_KEY = "witness.vkey";

  private final Export export;
  private final Optional<NoteVerifier> log;
  private final Optional<NoteVerifier> twin;
  private final Optional<NoteVerifier> witness;

  NoteCheck(Export export) {
    this.export = export;
    this.log = verifier("log.vkey", NoteKey.Type.ED25519, Ed25519Note::verifier);
    this.twin = verifier("log-sm3.vkey", NoteKey.Type.GM_SM2_SM3, Sm2Note::verifier);
    this.witness = verifier(WITNESS_KEY, NoteKey.Type.COSIGNATURE_V1, Cosignature::verifier);
  }

  private Optional<NoteVerifier> verifier(
      String file, NoteKey.Type type, Function<NoteKey, NoteVerifier> of) {
    try {
      return export.key(file, type).map(of);
    } catch (IllegalArgumentException e) {
      export.find(Rule.KEY, "keys/" + file);
      return Optional.empty();
    }
  }

  /** The log's checkpoint; empty, with a finding, when it cannot be read. */
  Optional<Checkpoint> main() {
    var note = note(MAIN);
    note.ifPresent(signed -> {
      require(Rule.SIGNATURE, MAIN, log, signed);
      require(Rule.COSIGNATURE, MAIN, witness, signed);
    });
    return note.map(NoteCheck::checkpoint);
  }

  /** The twin of {@code main}; empty, with a finding, when it is not its twin. */
  Optional<Checkpoint> twin(Checkpoint main) {
    var note = note(TWIN);
    note.ifPresent(signed -> require(Rule.SIGNATURE, TWIN, twin, signed));
    var checkpoint = note.map(NoteCheck::checkpoint);
    if (checkpoint.isPresent()
        && (checkpoint.get().size() != main.size()
            || !checkpoint.get().origin().equals(main.origin() + Trees.TWIN_SUFFIX))) {
      export.find(Rule.TWIN, TWIN);
      return Optional.empty();
    }
    return checkpoint;
  }

  /** An earlier checkpoint of the same log, cosigned; empty, with a finding, when it is none. */
  Optional<Checkpoint> since(byte[] bytes, Checkpoint main) {
    var checkpoint =
        Export.note(bytes)
            .filter(note -> log.isPresent() && log.get().verify(note))
            .filter(note -> witness.isPresent() && witness.get().verify(note))
            .flatMap(note -> Checkpoint.parse(note.text()))
            .filter(earlier -> earlier.origin().equals(main.origin()));
    if (checkpoint.isEmpty()) {
      export.find(Rule.SINCE, "since");
    }
    return checkpoint;
  }

  private Optional<SignedNote> note(String file) {
    var note =
        export
            .bytes(file)
            .flatMap(Export::note)
            .filter(signed -> Checkpoint.parse(signed.text()).isPresent());
    if (note.isEmpty()) {
      export.find(Rule.CHECKPOINT, file);
    }
    return note;
  }

  private void require(Rule rule, String file, Optional<NoteVerifier> verifier, SignedNote note) {
    if (verifier.isPresent() && !verifier.get().verify(note)) {
      export.find(rule, file);
    }
  }

  private static Checkpoint checkpoint(SignedNote note) {
    return Checkpoint.parse(note.text()).orElseThrow();
  }
}
