/**
 * Kafka clients, the Avro serde over the registry API, and the topic catalogue with its access
 * rules. It knows no feature and decides no offset. Start with {@link
 * dev.weir.runtime.kafka.KafkaClients}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.kafka;
