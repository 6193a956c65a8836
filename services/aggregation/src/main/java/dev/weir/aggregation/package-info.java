/**
 * Secure aggregation after DAP: many contributors, two aggregators of different operators, one
 * collector, and nobody who sees a measurement. A process plays one role; the leader's and the
 * helper's keys, databases and Kafka users never meet in one, except in the all-in-one mode, which
 * says so. Start with {@code AggregationApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation;
