package dev.weir.privacy.merkle;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 note keys on the JDK. */
public final class Ed25519Note {
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int KEY_BYTES = 32;

  private Ed25519Note() {}

  /** The 32 bytes of a public key. */
  public static byte[] raw(PublicKey key) {
    var spki = key.getEncoded();
    return Arrays.copyOfRange(spki, spki.length - KEY_BYTES, spki.length);
  }

  /**
   * @throws IllegalArgumentException when {@code raw} is not an Ed25519 public key
   */
  public static PublicKey publicKey(byte[] raw) {
    if (raw.length != KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
    }
    var spki = new ByteArrayOutputStream();
    spki.writeBytes(SPKI_PREFIX);
    spki.writeBytes(raw);
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(spki.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /** A signer of type {@link NoteKey.Type#ED25519}. */
  public static NoteSigner signer(String name, PrivateKey secret, PublicKey key) {
    var noteKey = NoteKey.of(name, NoteKey.Type.ED25519, raw(key));
    return new NoteSigner() {
      @Override
      public NoteKey key() {
        return noteKey;
      }

      @Override
      public SignedNote sign(SignedNote note) {
        var signature = Ed25519Note.sign(secret, note.textBytes());
        return note.with(NoteSignature.of(name, noteKey.keyId(), signature));
      }
    };
  }

  public static NoteVerifier verifier(NoteKey key) {
    var publicKey = publicKey(key.key());
    return new NoteVerifier() {
      @Override
      public NoteKey key() {
        return key;
      }

      @Override
      public boolean holds(SignedNote note, byte[] signature) {
        return Ed25519Note.holds(publicKey, note.textBytes(), signature);
      }
    };
  }

  static byte[] sign(PrivateKey secret, byte[] message) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key does not sign", e);
    }
  }

  static boolean holds(PublicKey key, byte[] message, byte[] signature) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
