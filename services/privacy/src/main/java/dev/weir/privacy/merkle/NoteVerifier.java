package dev.weir.privacy.merkle;

/** Verifies the signature lines of one key; every other line is none of its business. */
public interface NoteVerifier {

  NoteKey key();

  /** True when {@code signature} by {@link #key} over the note's text holds; never throws. */
  boolean holds(SignedNote note, byte[] signature);

  /** True when the note carries at least one line of this key and every such line holds. */
  default boolean verify(SignedNote note) {
    var mine =
        note.signatures().stream()
            .filter(line -> line.name().equals(key().name()) && line.keyId() == key().keyId())
            .toList();
    return !mine.isEmpty() && mine.stream().allMatch(line -> holds(note, line.signature()));
  }
}
