/**
 * The verification of reports as two Kafka Streams topologies, one for each aggregator, exactly
 * once: what is consumed, remembered, added up and sent on commits in one transaction. Start with
 * {@link dev.weir.aggregation.stream.KafkaLeaderTopology}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.stream;
