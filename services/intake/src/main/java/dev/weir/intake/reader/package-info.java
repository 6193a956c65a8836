/**
 * What runs in the child process: it opens one foreign file, decodes it and writes rows or a
 * profile to standard output. It uses no network, holds no secret, and may be killed at any moment.
 * Start with {@link dev.weir.intake.reader.ReaderMain}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.reader;
