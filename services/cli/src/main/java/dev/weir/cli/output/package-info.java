/**
 * How results reach a person or a program: table, JSON, JSON lines, CSV. Start with {@link
 * dev.weir.cli.output.Output}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.output;
