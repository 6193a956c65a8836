package dev.weir.privacy.hpke;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The authenticated encryptions of RFC 9180 §7.3 that we use. */
public enum Aead {
  AES_128_GCM(0x0001, 16, "AES", "AES/GCM/NoPadding"),
  AES_256_GCM(0x0002, 32, "AES", "AES/GCM/NoPadding"),
  CHACHA20_POLY1305(0x0003, 32, "ChaCha20", "ChaCha20-Poly1305");

  /** How much longer a ciphertext is than its plaintext. */
  public static final int TAG_BYTES = 16;

  static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 8 * TAG_BYTES;

  private final int id;
  private final int keyBytes;
  private final String keyAlgorithm;
  private final String transformation;

  Aead(int id, int keyBytes, String keyAlgorithm, String transformation) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.keyAlgorithm = keyAlgorithm;
    this.transformation = transformation;
  }

  /** The registered aead_id. */
  public int id() {
    return id;
  }

  int keyBytes() {
    return keyBytes;
  }

  byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, nonce, aad, plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + transformation, e);
    }
  }

  byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] ciphertext)
      throws GeneralSecurityException {
    return run(Cipher.DECRYPT_MODE, key, nonce, aad, ciphertext);
  }

  private byte[] run(int mode, byte[] key, byte[] nonce, byte[] aad, byte[] in)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(transformation);
    cipher.init(mode, new SecretKeySpec(key, keyAlgorithm), parameters(nonce));
    cipher.updateAAD(aad);
    return cipher.doFinal(in);
  }

  private AlgorithmParameterSpec parameters(byte[] nonce) {
    return switch (this) {
      case AES_128_GCM, AES_256_GCM -> new GCMParameterSpec(TAG_BITS, nonce);
      case CHACHA20_POLY1305 -> new IvParameterSpec(nonce);
    };
  }
}
