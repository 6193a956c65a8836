package dev.weir.privacy.merkle;

import java.util.Base64;

/**
 * One signature line of a signed note. Immutable.
 *
 * @param name of the key, without space or plus sign
 * @param keyId first four bytes of the key hash, as a big-endian number
 * @param base64 the signature bytes
 */
public record NoteSignature(String name, int keyId, String base64) {

  public static NoteSignature of(String name, int keyId, byte[] signature) {
    return new NoteSignature(name, keyId, Base64.getEncoder().encodeToString(signature));
  }

  public byte[] signature() {
    return Base64.getDecoder().decode(base64);
  }
}
