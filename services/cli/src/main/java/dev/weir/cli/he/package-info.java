/**
 * {@code weir he}: questions that nobody but their asker can read. Keys are made, questions
 * encrypted and replies opened in this process; a secret key is only ever read from its file. Start
 * with {@link dev.weir.cli.he.HeCommands}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.he;
