/**
 * Rehearsals: whole tasks in one hand, and histories of faults that both aggregators must come out
 * of with the right sum. Never part of a service. Start with {@link
 * dev.weir.aggregation.rehearsal.FaultHistory}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.rehearsal;
