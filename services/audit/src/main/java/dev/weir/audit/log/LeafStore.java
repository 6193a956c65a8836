package dev.weir.audit.log;

import dev.weir.privacy.merkle.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of the leaves and the second memory of what was signed; PostgreSQL in production. Each
 * change names the epoch under which it is made; an epoch that is no longer the last one is refused
 * with {@link FencedOffException}.
 */
public interface LeafStore {

  /** Takes over: every earlier epoch is fenced off. */
  long claimEpoch();

  /**
   * Gives the next indices to those leaves whose id is new, and remembers where reading goes on, in
   * one transaction.
   *
   * @param positions next offset by partition
   * @return how many leaves now have an index
   */
  long sequence(long epoch, List<Leaf> leaves, Map<Integer, Long> positions);

  Map<Integer, Long> positions();

  /** Keeps where a message was that is no leaf, and why; never what it said. */
  void refuse(int partition, long offset, String reason);

  /** How many leaves have an index. */
  long sequenced();

  /** Bodies of the leaves from index {@code from}, in order, at most {@code limit}. */
  List<LeafBytes> bodies(long from, int limit);

  /** The largest checkpoint that was about to be signed. */
  Optional<Intent> lastIntent();

  /**
   * Remembers a checkpoint before it is signed.
   *
   * @throws RollbackException when another root was remembered for the same size, or a larger size
   */
  void intend(long epoch, Intent intent);

  /** Runs {@code publication} while no other epoch can begin, then marks the size as published. */
  void publish(long epoch, long size, Publication publication);

  /** What a checkpoint says, in both trees. */
  record Intent(long size, Hash root, Hash twinRoot, boolean published) {}

  /** Makes a checkpoint visible. */
  @FunctionalInterface
  interface Publication {
    void run() throws java.io.IOException;
  }
}
