package dev.weir.cli.campaign.check;

/**
 * An invariant that does not hold.
 *
 * @param invariant which one
 * @param detail ids and counts, never values
 */
public record Violation(Invariant invariant, String detail) {

  /** What must hold whatever is killed. */
  public enum Invariant {
    /** Every record of a sealed version is counted exactly once. */
    COUNTED_ONCE,
    /** What was acknowledged is there, in that state or a later one. */
    ACKNOWLEDGED,
    /** Spent is within its cap, and the same in ledger and evidence. */
    BUDGET,
    /** One chain of checkpoints; sizes only grow. */
    LOG,
    /** No answer without its leaves. */
    ANSWERED_WITH_LEAVES,
    /** The bill is the fold over the meter leaves. */
    BILL,
    /** Nothing raw leaves the domain. */
    CANARY
  }
}
