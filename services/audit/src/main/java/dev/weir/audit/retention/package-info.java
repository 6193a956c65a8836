/**
 * How long evidence is kept. A class of records has a legal floor, and whatever was set once is the
 * floor from then on. Start with {@link dev.weir.audit.retention.RetentionClass}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.retention;
