/**
 * Privacy budgets, quotas, stored answers and meter readings of one operation domain. A spend, its
 * answer, its reading and its evidence commit together or not at all. It never draws noise and
 * never decides a policy. Start with {@link dev.weir.runtime.ledger.Ledger}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.ledger;
