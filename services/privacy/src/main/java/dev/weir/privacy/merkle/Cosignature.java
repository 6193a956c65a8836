package dev.weir.privacy.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * C2SP cosignature/v1: a witness signs {@code cosignature/v1}, the time and the checkpoint; the
 * signature bytes are the big-endian second ‖ Ed25519 signature.
 */
public final class Cosignature {
  private static final int TIME_BYTES = 8;

  private Cosignature() {}

  /** A cosigner that stamps with {@code clock}. */
  public static NoteSigner signer(
      String name, PrivateKey secret, PublicKey key, InstantSource clock) {
    var noteKey = NoteKey.of(name, NoteKey.Type.COSIGNATURE_V1, Ed25519Note.raw(key));
    return new NoteSigner() {
      @Override
      public NoteKey key() {
        return noteKey;
      }

      @Override
      public SignedNote sign(SignedNote note) {
        long second = clock.instant().getEpochSecond();
        var signature = Ed25519Note.sign(secret, message(note, second));
        var bytes = ByteBuffer.allocate(TIME_BYTES + signature.length).putLong(second);
        return note.with(NoteSignature.of(name, noteKey.keyId(), bytes.put(signature).array()));
      }
    };
  }

  public static NoteVerifier verifier(NoteKey key) {
    var publicKey = Ed25519Note.publicKey(key.key());
    return new NoteVerifier() {
      @Override
      public NoteKey key() {
        return key;
      }

      @Override
      public boolean holds(SignedNote note, byte[] signature) {
        if (signature.length <= TIME_BYTES) {
          return false;
        }
        long second = ByteBuffer.wrap(signature).getLong();
        var rest = Arrays.copyOfRange(signature, TIME_BYTES, signature.length);
        return Ed25519Note.holds(publicKey, message(note, second), rest);
      }
    };
  }

  /** When the witness of {@code key} says it saw the note; not verified here. */
  public static Optional<Instant> time(SignedNote note, NoteKey key) {
    return note.signatures().stream()
        .filter(line -> line.name().equals(key.name()) && line.keyId() == key.keyId())
        .map(NoteSignature::signature)
        .filter(signature -> signature.length > TIME_BYTES)
        .map(signature -> Instant.ofEpochSecond(ByteBuffer.wrap(signature).getLong()))
        .findFirst();
  }

  private static byte[] message(SignedNote note, long second) {
    return ("cosignature/v1\ntime " + Long.toUnsignedString(second) + "\n" + note.text())
        .getBytes(StandardCharsets.UTF_8);
  }
}
