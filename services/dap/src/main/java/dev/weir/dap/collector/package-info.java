/**
 * The collector's side: it alone can put the two shares of a batch together. Start with {@link
 * dev.weir.dap.collector.ShareOpening}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.collector;
