package dev.weir.audit.read;

import dev.weir.kernel.LeafId;

/**
 * One leaf of the log.
 *
 * @param leaf its bytes, which are RFC 8785 JSON
 */
public record Entry(long index, LeafId leafId, String leaf) {}
