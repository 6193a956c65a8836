/**
 * Homomorphic encryption: BFV over Microsoft SEAL, with kernels of our own. Named parameter sets,
 * keys, ciphertexts, and products of ciphertexts with large plaintext data at memory speed.
 *
 * <p>It never reads foreign bytes with native code: {@link dev.weir.he.wire} parses and bounds them
 * and hands over raw limbs. It offers no CKKS, no parameters of a client's choice, no noise budget.
 * Ciphertexts are not authenticated here and a reply at degree 4096 hides the data from nobody who
 * holds the key: what is evaluated must be publishable to the asker.
 *
 * <p>Start with {@link dev.weir.he.HeContext}.
 *
 * @see <a href="https://github.com/microsoft/SEAL">Microsoft SEAL</a>
 */
@org.jspecify.annotations.NullMarked
package dev.weir.he;
