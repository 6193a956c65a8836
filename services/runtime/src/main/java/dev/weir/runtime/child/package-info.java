/**
 * Processes that meet what comes from outside the trust border, so that it can break nothing but
 * them. They get no environment, no network and no more memory than said, each where the machine
 * allows it. Start with {@link dev.weir.runtime.child.CappedJvm}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.child;
