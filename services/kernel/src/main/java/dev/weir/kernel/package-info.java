/**
 * The vocabulary every part of Weir shares: identifiers with check characters, roles, operations,
 * column types, intervals and the closed list of problem types. Pure values; it never reads a file,
 * a clock or a network. Start with {@link dev.weir.kernel.CreditCode} and {@link
 * dev.weir.kernel.Operation}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.kernel;
