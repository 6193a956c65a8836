/**
 * How a batch is asked for and handed out. Start with {@link
 * dev.weir.dap.collection.CollectionJobReq}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.collection;
