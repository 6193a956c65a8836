/**
 * Hybrid public key encryption (<a href="https://www.rfc-editor.org/rfc/rfc9180">RFC 9180</a>),
 * base mode and single shot, with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-GCM or
 * ChaCha20-Poly1305, on the JDK and the X25519 of {@code curve}. Each failure to open is the same
 * failure. Never offers the other modes, exporting, or more than one message to a context. Start
 * with {@link dev.weir.privacy.hpke.HpkeRecipient}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.hpke;
