/**
 * The audit service: takes evidence leaves from {@code audit.evidence} into a tamper-evident log,
 * gives receipts to the parties named in a leaf, recomputes statements from meter leaves, and
 * verifies an exported log offline. It holds no record of any resource and decides nothing about
 * their use. Start with {@link dev.weir.audit.AuditApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit;
