package dev.weir.query.sum.custody;

import dev.weir.kernel.LeafId;
import dev.weir.query.sum.SumBatch;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * How a batch ended, or is about to. Once it is there it is the only one that there will be.
 *
 * @param statementSha256 what both adders signed; of the first one where they disagree
 * @param noised while {@link State#KEPT} and {@link State#RELEASED}
 * @param reason why it was refused
 */
record SumOutcome(
    SumBatch batch,
    State state,
    String statementSha256,
    int producers,
    int inputs,
    Optional<BigInteger> noised,
    Optional<String> reason,
    Optional<LeafId> leaf,
    Instant at) {

  enum State {
    /** Drawn, stored and charged to our own account; not shown to anybody yet. */
    KEPT,
    RELEASED,
    REFUSED
  }
}
