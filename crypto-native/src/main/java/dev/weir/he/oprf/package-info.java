/**
 * Verifiable oblivious pseudorandom functions after <a
 * href="https://www.rfc-editor.org/rfc/rfc9497">RFC 9497</a>, mode VOPRF, suite P256-SHA256, with
 * hashing to the curve after RFC 9380. A client learns the function's value on its input and
 * nothing else; the server learns neither, and proves that it used the key it published.
 *
 * <p>Never logs or returns a key, an input or a blind. Start with {@link dev.weir.he.oprf.OprfKey}
 * on the server's side and {@link dev.weir.he.oprf.OprfClient} on the other.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.he.oprf;
