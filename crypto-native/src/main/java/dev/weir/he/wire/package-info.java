/**
 * The one gate for foreign bytes. SEAL's wire form is parsed here, in Java, whatever version of
 * SEAL lies below: magic, nested headers, sizes, parameter id and every coefficient are checked,
 * inflation is bounded, and only raw limbs go on. The writer speaks the current form and the one
 * that node-seal 7 reads; beside it there is a packed form of our own, less than half as long.
 *
 * <p>Bytes are refused in one way only, by {@link dev.weir.he.wire.WireException}; nothing here
 * asks SEAL to load anything.
 *
 * <p>Start with {@link dev.weir.he.wire.SealReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.he.wire;
