package dev.weir.privacy.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

/**
 * The hashing of RFC 9162 §2.1: a leaf is H(0x00 ‖ data), a node H(0x01 ‖ left ‖ right), the empty
 * tree H(). Thread-safe when the supplier is; each call takes a digest of its own.
 */
public final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final Supplier<MessageDigest> digests;
  private final Hash empty;

  /**
   * @param digests makes a fresh digest, such as SHA-256 or SM3
   */
  public TreeHasher(Supplier<MessageDigest> digests) {
    this.digests = digests;
    this.empty = Hash.of(digests.get().digest());
  }

  public static TreeHasher sha256() {
    return new TreeHasher(() -> {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    });
  }

  public Hash empty() {
    return empty;
  }

  public Hash leaf(byte[] data) {
    var digest = digests.get();
    digest.update(LEAF);
    digest.update(data);
    return Hash.of(digest.digest());
  }

  public Hash node(Hash left, Hash right) {
    var digest = digests.get();
    digest.update(NODE);
    digest.update(left.bytes());
    digest.update(right.bytes());
    return Hash.of(digest.digest());
  }

  /** Length of every hash of this tree, in bytes. */
  public int hashBytes() {
    return empty.length();
  }
}
