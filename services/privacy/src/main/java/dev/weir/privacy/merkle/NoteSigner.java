package dev.weir.privacy.merkle;

/** Signs notes under one key. */
public interface NoteSigner {

  NoteKey key();

  /**
   * @param note whose text is signed
   * @return the note with one more signature line
   */
  SignedNote sign(SignedNote note);
}
