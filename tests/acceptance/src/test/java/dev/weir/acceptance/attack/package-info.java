/**
 * What outsiders and consumers try. Each attack has a control: a hole made on purpose that it
 * finds. Start with {@link dev.weir.acceptance.attack.AccessSweepTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.attack;
