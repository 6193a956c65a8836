package dev.weir.space.registry;

/**
 * A version of a subject.
 *
 * @param schema the schema as JSON text
 */
record RegisteredSchema(String subject, int id, int version, String schema) {}
