/**
 * Reading the log over HTTP: checkpoints and hash tiles as they lie on disk, entries for the
 * auditor alone. Start with {@link dev.weir.audit.read.LogResource}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.read;
