/**
 * The evidence log: one sequencer gives each leaf an index, writes C2SP tiles, reads them back and
 * re-hashes them before it signs a checkpoint, over a SHA-256 tree and its SM3 twin. It never signs
 * two roots for one size and never a smaller size than before; when its two memories, files and
 * database, disagree it stops and asks for a human. Start with {@link
 * dev.weir.audit.log.LogPublisher}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.log;
