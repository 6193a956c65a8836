/**
 * Metering: a bill is a fold over meter leaves and nothing else, so that anybody who holds the
 * leaves gets the same sum to the fen. Start with {@link dev.weir.audit.meter.StatementFold}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.meter;
