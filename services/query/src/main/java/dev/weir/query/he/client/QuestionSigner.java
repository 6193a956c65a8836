package dev.weir.query.he.client;

/** Signs as the asker's party, with a key that the party registered. */
public interface QuestionSigner {

  /** {@code gm} or {@code intl}. */
  String suite();

  /** What the space calls the key. */
  String keyId();

  byte[] sign(byte[] message);
}
