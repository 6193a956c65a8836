/**
 * {@code weir aggregate}: tasks for operators, uploads for contributors, collections for
 * collectors. What is secret stays on the party's own machine. Start with {@link
 * dev.weir.cli.aggregate.AggregateCommands}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.aggregate;
