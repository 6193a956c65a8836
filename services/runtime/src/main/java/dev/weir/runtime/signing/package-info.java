/**
 * Signatures of the two suites, {@code gm} (SM2 over SM3, GB/T 32918) and {@code intl} (Ed25519,
 * RFC 8032), and the file in which a party keeps its private key. No server signs for a party.
 * Start with {@link dev.weir.runtime.signing.SigningSuite}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.signing;
