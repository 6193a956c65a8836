/**
 * Products and contracts that the benchmarks decide on: the public flights and airports as the demo
 * offers them. Never signed, never stored. Start with {@link
 * dev.weir.benchmarks.terms.FlightTerms}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.terms;
