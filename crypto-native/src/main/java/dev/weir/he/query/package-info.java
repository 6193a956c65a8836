/**
 * Queries whose question nobody learns: sums of hidden selections over publishable cells, and
 * lookup of a record by index or keyword. Pure library: no Kafka, no contracts, no budgets; a
 * service decides what may be asked and logs what was.
 *
 * <p>An encrypted selector can be any weighting, whatever its sender claims, and at degree 4096 its
 * sender can recover every cell. So the cells must be what the contract could publish anyway.
 *
 * <p>Start with {@link dev.weir.he.query.CellTable} or {@link dev.weir.he.query.RecordTable} on the
 * evaluator's side, and with {@link dev.weir.he.query.SumQuestion} or {@link
 * dev.weir.he.query.LookupQuestion} on the asker's.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.he.query;
