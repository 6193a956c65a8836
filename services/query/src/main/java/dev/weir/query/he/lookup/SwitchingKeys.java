package dev.weir.query.he.lookup;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeParameters;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.WireException;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Keys with which queries are expanded, as they travel: once, and by their digest afterwards. A set
 * of keys is for one parameter set. Stateless.
 */
public final class SwitchingKeys {
  /** Elements of the largest table. */
  private static final int MAX_ELEMENTS = 10;

  /** Above the packed keys of the largest table. */
  public static final int MAX_BYTES = 1_200_000;

  private SwitchingKeys() {}

  /** The parameter sets whose queries are expanded. */
  private static final List<HeParameters> SETS =
      List.of(LookupShape.PARAMETERS, HeParameters.CELLS_4096);

  public static byte[] write(HeParameters set, WireGaloisKeys keys) {
    var packed = Packed.galoisKeys(set, keys.elements(), keys.limbs());
    byte[] bytes = new byte[packed.remaining()];
    packed.get(bytes);
    return bytes;
  }

  /** The gate for keys of any set; false when these are none. */
  public static boolean areKeys(byte[] packed) {
    return SETS.stream().anyMatch(set -> read(set, packed).isPresent());
  }

  /** The gate; empty when these are no keys of that set. */
  public static Optional<WireGaloisKeys> read(HeParameters set, byte[] packed) {
    try {
      return Optional.of(Packed.galoisKeys(set, ByteBuffer.wrap(packed), MAX_ELEMENTS));
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  /** What they are called: lower-case hexadecimal. */
  public static String sha256(byte[] packed) {
    return Json.sha256Hex(packed);
  }

  /** Whether they expand queries of their set to so many leaves; they may do more. */
  public static boolean suffice(WireGaloisKeys keys, HeParameters set, int leaves) {
    return new HashSet<>(keys.elements()).containsAll(GaloisKeys.expansionElements(set, leaves));
  }
}
