/**
 * Pure mathematics of privacy and evidence: secure aggregation ({@code vdaf} over {@code field} and
 * {@code xof}), hybrid encryption ({@code hpke} over {@code curve}), contributors' signatures
 * ({@code curve}), exact noise ({@code noise}), privacy accounting ({@code account}) and Merkle
 * logs ({@code merkle}). Nothing here opens a file, a socket or a clock.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy;
