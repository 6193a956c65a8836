/**
 * The records a query instance answers from: sealed data versions, copied from their topics exactly
 * once into a database of the operation domain. It never leaves the domain and is rebuilt from the
 * topics when it is lost. Start with {@link dev.weir.query.record.RecordStore}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.record;
