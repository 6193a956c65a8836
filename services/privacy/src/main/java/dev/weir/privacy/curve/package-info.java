/**
 * The curve of 2²⁵⁵ − 19 on the JDK alone, faster than the JDK's own, because opening a report and
 * checking its contributor's signature are what an aggregator does most: X25519 (<a
 * href="https://www.rfc-editor.org/rfc/rfc7748">RFC 7748</a>) in constant time, and the
 * verification of Ed25519 (<a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>), which
 * touches nothing secret. Never signs. Start with {@link dev.weir.privacy.curve.X25519} or {@link
 * dev.weir.privacy.curve.Ed25519Verifier}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.curve;
