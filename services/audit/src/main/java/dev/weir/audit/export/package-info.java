/**
 * Takes a log out of the service: checkpoint, twin, entries, tiles, public keys and the statements
 * of every metered contract, into a directory that verifies offline. Start with {@link
 * dev.weir.audit.export.LogExporter}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.export;
