/**
 * The newest state of the control plane, followed from its compacted topics. It never writes. Start
 * with {@link dev.weir.runtime.state.StateView}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.state;
