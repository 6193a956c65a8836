package dev.weir.privacy.hpke;

/** A sealed message. Immutable. */
public final class HpkeSealed {
  private final byte[] encapsulated;
  private final byte[] ciphertext;

  /** Takes both arrays over. */
  HpkeSealed(byte[] encapsulated, byte[] ciphertext) {
    this.encapsulated = encapsulated;
    this.ciphertext = ciphertext;
  }

  /** The ephemeral public key; a copy. */
  public byte[] encapsulated() {
    return encapsulated.clone();
  }

  /** The ciphertext with its tag; a copy. */
  public byte[] ciphertext() {
    return ciphertext.clone();
  }

  @Override
  public String toString() {
    return "HpkeSealed[" + ciphertext.length + " bytes]";
  }
}
