/**
 * Verifies an exported log offline: every hash of both trees, every signature, the witness's
 * cosignature, an earlier checkpoint, every leaf, budgets and bills. It trusts the keys it is given
 * and nothing else. A second verifier in Python, which shares no code with this one, must come to
 * the same findings. Start with {@link dev.weir.audit.verify.LogVerifier}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.verify;
