/**
 * All four services in one JVM on real parts, for stories and attacks. Start with {@link
 * dev.weir.acceptance.stack.EmbeddedServices}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.stack;
