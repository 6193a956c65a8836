package dev.weir.privacy.merkle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key as signed notes name it, {@code <name>+<key id in hex>+<base64(type ‖ key)>}; its id
 * is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key). Immutable.
 *
 * @param keyBase64 Ed25519: 32 bytes; SM2: the SubjectPublicKeyInfo
 */
public record NoteKey(String name, Type type, String keyBase64) {

  /** Signature types of C2SP signed-note and tlog-cosignature, and ours for SM2. */
  public enum Type {
    ED25519(new byte[] {1}),
    /** Ed25519 of a witness over {@code cosignature/v1}. */
    COSIGNATURE_V1(new byte[] {4}),
    /** 0xff opens a type without an assigned byte; the name follows. */
    GM_SM2_SM3("\u00ffgm-sm2-sm3".getBytes(StandardCharsets.ISO_8859_1));

    private final byte[] prefix;

    Type(byte[] prefix) {
      this.prefix = prefix;
    }

    private boolean opens(byte[] bytes) {
      return bytes.length > prefix.length
          && Arrays.equals(prefix, 0, prefix.length, bytes, 0, prefix.length);
    }
  }

  public NoteKey {
    if (!isName(name)) {
      throw new IllegalArgumentException("a key name has no space and no plus sign");
    }
  }

  public static NoteKey of(String name, Type type, byte[] key) {
    return new NoteKey(name, type, Base64.getEncoder().encodeToString(key));
  }

  public byte[] key() {
    return Base64.getDecoder().decode(keyBase64);
  }

  /** First four bytes of the key hash. */
  public int keyId() {
    var material = new ByteArrayOutputStream();
    material.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    material.write('\n');
    material.writeBytes(typedKey());
    return ByteBuffer.wrap(Digests.sha256(material.toByteArray())).getInt();
  }

  /** The text form, one line without newline. */
  public String encode() {
    return "%s+%08x+%s".formatted(name, keyId(), Base64.getEncoder().encodeToString(typedKey()));
  }

  /**
   * @return empty when the text is malformed, its id wrong or its type unknown
   */
  public static Optional<NoteKey> parse(String text) {
    var parts = text.split("\\+", 3);
    if (parts.length != 3 || !isName(parts[0])) {
      return Optional.empty();
    }
    try {
      var typed = Base64.getDecoder().decode(parts[2]);
      for (var type : Type.values()) {
        if (type.opens(typed)) {
          var key = of(parts[0], type, Arrays.copyOfRange(typed, type.prefix.length, typed.length));
          return key.encode().equals(text) ? Optional.of(key) : Optional.empty();
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> Character.isWhitespace(c) || c == '+' || c < ' ');
  }

  private byte[] typedKey() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(type.prefix);
    out.writeBytes(key());
    return out.toByteArray();
  }
}
