/**
 * Verifies access tokens (<a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068</a> style JWT)
 * of one pinned issuer. It never follows a key reference found in a token and never issues one.
 * Start with {@link dev.weir.runtime.auth.BearerTokens}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.auth;
