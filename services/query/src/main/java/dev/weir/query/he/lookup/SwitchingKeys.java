package dev.weir.query.he.lookup;

import dev.weir.he.GaloisKeys;
import dev.weir.he.query.EntryShape;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.WireException;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;

/**
 * Keys with which queries are expanded, as they travel: once, and by their digest afterwards.
 * Stateless.
 */
public final class SwitchingKeys {
  /** Elements of the largest table. */
  private static final int MAX_ELEMENTS = 10;

  /** Above the packed keys of the largest table. */
  public static final int MAX_BYTES = 1_200_000;

  private SwitchingKeys() {}

  public static byte[] write(WireGaloisKeys keys) {
    var packed = Packed.galoisKeys(LookupShape.PARAMETERS, keys.elements(), keys.limbs());
    byte[] bytes = new byte[packed.remaining()];
    packed.get(bytes);
    return bytes;
  }

  /** The gate; empty when these are no keys of lookups. */
  public static Optional<WireGaloisKeys> read(byte[] packed) {
    try {
      return Optional.of(
          Packed.galoisKeys(LookupShape.PARAMETERS, ByteBuffer.wrap(packed), MAX_ELEMENTS));
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  /** What they are called: lower-case hexadecimal. */
  public static String sha256(byte[] packed) {
    return Json.sha256Hex(packed);
  }

  /** Whether they expand queries to such a table; they may do more. */
  public static boolean suffice(WireGaloisKeys keys, EntryShape shape) {
    return new HashSet<>(keys.elements())
        .containsAll(GaloisKeys.expansionElements(LookupShape.PARAMETERS, shape.lookup().leaves()));
  }
}
