package dev.weir.cli.he;

import dev.weir.cli.client.PartyKey;
import dev.weir.query.he.client.QuestionSigner;

/** A party's own signature under its questions. */
public record PartySigner(PartyKey key) implements QuestionSigner {

  @Override
  public String suite() {
    return key.suite();
  }

  @Override
  public String keyId() {
    return key.keyId();
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.signature(message);
  }
}
