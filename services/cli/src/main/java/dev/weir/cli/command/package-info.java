/**
 * One class per noun; each verb is a thin call of a service. Start with {@link
 * dev.weir.cli.command.QueryCommands}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.command;
