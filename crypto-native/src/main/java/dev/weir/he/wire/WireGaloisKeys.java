package dev.weir.he.wire;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.Words;
import java.util.List;

/**
 * Galois keys that passed the gate.
 *
 * @param elements in the order of the limbs
 * @param limbs per element, per data prime: c0 and either c1 or its seed
 */
public record WireGaloisKeys(List<Integer> elements, Words limbs) {
  public WireGaloisKeys {
    elements = List.copyOf(elements);
  }

  /** The native keys; the caller closes them. */
  public GaloisKeys open(HeContext context) {
    return context.galoisKeys(elements, limbs);
  }
}
