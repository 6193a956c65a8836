package dev.weir.query.plan.question;

/**
 * One term of ORDER BY over the finished answer.
 *
 * @param slot keys first, then measures
 */
public record Ordering(int slot, boolean descending, boolean nullsFirst) {}
