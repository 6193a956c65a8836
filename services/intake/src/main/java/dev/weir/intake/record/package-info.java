/**
 * Records as they travel in {@code resource.<id>.records}: the Avro schema of a treated resource,
 * its binary form and the record ids. Start with {@link dev.weir.intake.record.RecordAvro}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.record;
