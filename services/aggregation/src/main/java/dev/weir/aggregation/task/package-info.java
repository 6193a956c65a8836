/**
 * Tasks: what contributors, aggregators and collector agree on before the first report. Immutable
 * once set up; changing anything, a key included, is a new task. Start with {@link
 * dev.weir.aggregation.task.TaskTerms}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.task;
