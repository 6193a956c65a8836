/**
 * Starts and bounds the child process that opens foreign files. A crash, a time-out or nonsense on
 * its output is a fault of the file, never of the service. Start with {@link
 * dev.weir.intake.child.ReaderProcess}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.child;
