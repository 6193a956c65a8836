/**
 * The {@code weir} command. Start with {@link dev.weir.cli.WeirCommand}; every subcommand is listed
 * there by hand.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli;
