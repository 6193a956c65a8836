package dev.weir.query.he.lookup;

import dev.weir.he.GaloisKeys;
import dev.weir.he.Words;
import dev.weir.he.oprf.Element;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.WireException;
import dev.weir.he.wire.WireGaloisKeys;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a lookup question carries, past the gate.
 *
 * @param queries two seeded ciphertexts, one after the other
 * @param keys for expanding them; they travel with the question and are forgotten with it
 * @param blinded what is to be evaluated, once
 */
public record LookupParts(Words queries, WireGaloisKeys keys, Element blinded) {
  /** Parts of the body: a packed pair of queries, packed keys, an element. */
  public static final int COUNT = 3;

  /** Above the packed keys of the largest table. */
  public static final int MAX_PART_BYTES = 1_200_000;

  /** The parts as they travel. */
  public static List<ByteBuffer> write(Words queries, WireGaloisKeys keys, Element blinded) {
    var set = LookupShape.PARAMETERS;
    return List.of(
        Packed.ciphertexts(set, queries),
        Packed.galoisKeys(set, keys.elements(), keys.limbs()),
        ByteBuffer.wrap(blinded.toBytes()));
  }

  /**
   * @return empty when a part is not what this table expects
   */
  public static Optional<LookupParts> read(KeywordShape shape, List<ByteBuffer> parts) {
    if (parts.size() != COUNT) {
      return Optional.empty();
    }
    var set = LookupShape.PARAMETERS;
    var elements = GaloisKeys.expansionElements(set, shape.lookup().leaves());
    try {
      var queries = Packed.ciphertexts(set, parts.get(0), KeywordShape.CHOICES);
      var keys = Packed.galoisKeys(set, parts.get(1), elements.size());
      byte[] blinded = new byte[parts.get(2).remaining()];
      parts.get(2).duplicate().get(blinded);
      int words = set.dataPrimes().size() * set.degree() + dev.weir.he.HeContext.SEED_WORDS;
      boolean whole =
          queries.count() == KeywordShape.CHOICES * words && keys.elements().equals(elements);
      return whole
          ? Optional.of(new LookupParts(queries, keys, Element.ofBytes(blinded)))
          : Optional.empty();
    } catch (WireException | OprfException e) {
      return Optional.empty();
    }
  }
}
