/**
 * Prints the JSON that a command's {@code -f FILE} takes, filled in from what the services already
 * know; a person confirms and edits it. Sends nothing. Start with {@link
 * dev.weir.cli.template.TemplateCommands}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.template;
