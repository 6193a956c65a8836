/**
 * The stream between the child process that opens a foreign file and the service: length-prefixed
 * frames of rows. Both ends treat it as bytes from outside; nothing here allocates more than its
 * bounds. Start with {@link dev.weir.intake.frame.FrameReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.frame;
