package dev.weir.he.wire;

import dev.weir.he.Ciphertexts;
import dev.weir.he.HeContext;
import dev.weir.he.Words;

/**
 * One ciphertext that passed the gate.
 *
 * @param primesDropped its level
 * @param seeded whether {@code limbs} are c0 and a seed, or c0 and c1
 * @param limbs {@code [primes][degree]} per polynomial, coefficient form
 */
public record WireCiphertext(int primesDropped, boolean seeded, Words limbs) {
  /** The native ciphertext; the caller closes it. */
  public Ciphertexts open(HeContext context) {
    return seeded ? context.seeded(limbs) : context.ciphertexts(primesDropped, limbs);
  }
}
