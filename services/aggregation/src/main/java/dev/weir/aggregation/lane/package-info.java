/**
 * What one aggregator remembers about the reports of one lane: which were counted, what they add up
 * to, how much each contributor gave, which batches are closed. A lane is one Kafka partition, so
 * all of it changes in the transaction that consumes the report, and no row is shared between
 * lanes. Start with {@link dev.weir.aggregation.lane.LaneBook}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.lane;
