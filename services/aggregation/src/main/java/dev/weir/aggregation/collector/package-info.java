/**
 * The role collector: it alone holds the key that opens both aggregators' shares. It runs at the
 * party that collects, without a broker or a database of the data space, and keeps what it must not
 * lose in a directory of its own. Start with {@link dev.weir.aggregation.collector.Collector}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.collector;
