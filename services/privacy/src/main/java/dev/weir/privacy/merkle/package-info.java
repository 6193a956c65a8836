/**
 * Merkle logs: trees after <a href="https://www.rfc-editor.org/rfc/rfc9162">RFC 9162</a> §2
 * (hashing of RFC 6962), generic over the hash, the file layout of <a
 * href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>, and checkpoints, signed notes and
 * cosignatures after <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>, <a
 * href="https://c2sp.org/signed-note">signed-note</a> and <a
 * href="https://c2sp.org/tlog-cosignature">tlog-cosignature</a>.
 *
 * <p>It reads and writes no file and holds no key of its own; storage comes in as a {@link
 * dev.weir.privacy.merkle.NodeReader}. Start with {@link dev.weir.privacy.merkle.TreeHasher}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.merkle;
