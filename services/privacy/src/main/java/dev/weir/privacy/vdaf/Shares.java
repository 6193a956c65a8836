package dev.weir.privacy.vdaf;

import java.util.List;

/**
 * A sharded measurement.
 *
 * @param publicShare for every aggregator, the same bytes
 * @param inputShares one per aggregator, the leader's first
 */
public record Shares(PublicShare publicShare, List<InputShare> inputShares) {
  public Shares {
    inputShares = List.copyOf(inputShares);
  }
}
