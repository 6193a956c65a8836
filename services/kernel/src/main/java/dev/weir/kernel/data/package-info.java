/**
 * What a record looks like: columns, their types, classes and levels. Start with {@link
 * dev.weir.kernel.data.RecordSchema}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.kernel.data;
