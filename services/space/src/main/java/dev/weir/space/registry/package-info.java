/**
 * The schema registry: a subset of the <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent
 * API</a> below {@code /apis/ccompat/v7}, Avro only, compatibility BACKWARD_TRANSITIVE and not to
 * be lowered. Only services register, each for the topics it may write; a schema holds field names
 * and no data. Start with {@link dev.weir.space.registry.SchemaStore}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.registry;
