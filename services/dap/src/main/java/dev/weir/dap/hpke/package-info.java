/**
 * Public keys and ciphertexts of hybrid public key encryption (RFC 9180) as DAP carries them. Start
 * with {@link dev.weir.dap.hpke.HpkeConfig}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.hpke;
