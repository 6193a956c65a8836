/**
 * Sums on Kafka: producers write inputs and read nothing, each adder reads inputs and writes what
 * it signed to a topic of its own, and only the custodian reads that. Start with {@link
 * dev.weir.query.sum.stream.KafkaAdder}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.sum.stream;
