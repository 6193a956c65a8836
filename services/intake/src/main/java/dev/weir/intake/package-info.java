/**
 * Collect → clean → classify → de-identify → stream. A department's file is opened only in a capped
 * child process, its rows are cleaned and treated here, and what is left goes to the resource's
 * record topic exactly once. It never shows a record or a profile to anybody but the provider.
 * Start with {@code IntakeApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake;
