/**
 * What happens to one report at one aggregator, as pure functions: the rules that both aggregators
 * enforce, opening, and the steps of the proof. Nothing is remembered here. Start with {@link
 * dev.weir.aggregation.verify.ReportRules}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.verify;
