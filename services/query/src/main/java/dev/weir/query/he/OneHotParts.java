package dev.weir.query.he;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.WireException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a question about a few hidden cells carries, past the gate.
 *
 * @param query one seeded ciphertext
 * @param keysSha256 names the keys that expand it, which were uploaded before; 64 hexadecimal
 *     digits
 */
public record OneHotParts(Words query, String keysSha256) {
  /** Parts of the body: the packed query, the digest of the keys. */
  public static final int COUNT = 2;

  /** Above a packed query. */
  static final int MAX_PART_BYTES = 33_000;

  private static final int DIGEST_BYTES = 32;

  /** The parts as they travel. */
  public static List<ByteBuffer> write(HeParameters set, Words query, String keysSha256) {
    return List.of(
        Packed.ciphertexts(set, query), ByteBuffer.wrap(HexFormat.of().parseHex(keysSha256)));
  }

  /**
   * @return empty when a part is not what this set expects
   */
  public static Optional<OneHotParts> read(HeParameters set, List<ByteBuffer> parts) {
    if (parts.size() != COUNT || parts.get(1).remaining() != DIGEST_BYTES) {
      return Optional.empty();
    }
    try {
      var query = Packed.ciphertexts(set, parts.get(0), 1);
      int words = set.dataPrimes().size() * set.degree() + HeContext.SEED_WORDS;
      byte[] digest = new byte[DIGEST_BYTES];
      parts.get(1).duplicate().get(digest);
      return query.count() == words
          ? Optional.of(new OneHotParts(query, HexFormat.of().formatHex(digest)))
          : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }
}
