/**
 * The embedded stack: one JVM with the Kafka broker and the services, and PostgreSQL, Keycloak and
 * the witness as its child processes, all under one state directory of the checkout. The same
 * configuration files start every service as a process of its own.
 *
 * <p>It never stops a process that it did not start, and keeps no secret outside files of the
 * owner. Start with {@link dev.weir.cli.stack.StackControl} (from outside) and {@link
 * dev.weir.cli.stack.Stack} (inside the JVM).
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.stack;
