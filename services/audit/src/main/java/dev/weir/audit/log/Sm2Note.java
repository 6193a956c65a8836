package dev.weir.audit.log;

import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.NoteSignature;
import dev.weir.privacy.merkle.NoteSigner;
import dev.weir.privacy.merkle.NoteVerifier;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.runtime.signing.SigningSuite;
import java.security.PrivateKey;
import java.security.SecureRandom;

/** SM2 note keys: type {@code 0xff gm-sm2-sm3}, the key as SubjectPublicKeyInfo, DER signatures. */
public final class Sm2Note {
  private Sm2Note() {}

  static NoteSigner signer(String name, PrivateKey secret, byte[] spki, SecureRandom random) {
    var key = NoteKey.of(name, NoteKey.Type.GM_SM2_SM3, spki);
    return new NoteSigner() {
      @Override
      public NoteKey key() {
        return key;
      }

      @Override
      public SignedNote sign(SignedNote note) {
        var signature = SigningSuite.GM.sign(secret, note.textBytes(), random);
        return note.with(NoteSignature.of(name, key.keyId(), signature));
      }
    };
  }

  public static NoteVerifier verifier(NoteKey key) {
    return new NoteVerifier() {
      @Override
      public NoteKey key() {
        return key;
      }

      @Override
      public boolean holds(SignedNote note, byte[] signature) {
        return SigningSuite.GM.verify(key.key(), note.textBytes(), signature);
      }
    };
  }
}
