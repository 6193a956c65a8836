package dev.weir.query.he.lookup;

import dev.weir.he.HeContext;
import dev.weir.he.Words;
import dev.weir.he.oprf.Element;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.EntryShape;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.WireException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a lookup question carries, past the gate.
 *
 * @param queries seeded ciphertexts, one after the other
 * @param keysSha256 names the keys that expand them, which were uploaded before; 64 hexadecimal
 *     digits
 * @param blinded what is to be evaluated, once
 */
public record LookupParts(Words queries, String keysSha256, Element blinded) {
  /** Parts of the body: packed queries, the digest of the keys, an element. */
  public static final int COUNT = 3;

  /** Above a packed pair of queries. */
  public static final int MAX_PART_BYTES = 70_000;

  private static final int DIGEST_BYTES = 32;

  /** The parts as they travel. */
  public static List<ByteBuffer> write(Words queries, String keysSha256, Element blinded) {
    return List.of(
        Packed.ciphertexts(LookupShape.PARAMETERS, queries),
        ByteBuffer.wrap(HexFormat.of().parseHex(keysSha256)),
        ByteBuffer.wrap(blinded.toBytes()));
  }

  /**
   * @return empty when a part is not what this table expects
   */
  public static Optional<LookupParts> read(EntryShape shape, List<ByteBuffer> parts) {
    if (parts.size() != COUNT || parts.get(1).remaining() != DIGEST_BYTES) {
      return Optional.empty();
    }
    var set = LookupShape.PARAMETERS;
    try {
      var queries = Packed.ciphertexts(set, parts.get(0), shape.queries());
      int words = set.dataPrimes().size() * set.degree() + HeContext.SEED_WORDS;
      return queries.count() == shape.queries() * words
          ? Optional.of(
              new LookupParts(
                  queries,
                  HexFormat.of().formatHex(bytes(parts.get(1))),
                  Element.ofBytes(bytes(parts.get(2)))))
          : Optional.empty();
    } catch (WireException | OprfException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    return bytes;
  }
}
