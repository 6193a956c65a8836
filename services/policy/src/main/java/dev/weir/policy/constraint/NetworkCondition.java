package dev.weir.policy.constraint;

import java.util.Optional;
import java.util.Set;

/**
 * {@code networkAddress}: the peer's address is inside one of the networks, or outside all.
 *
 * @param in which of the two
 */
public record NetworkCondition(boolean in, Set<IpRange> networks) implements Condition {
  public NetworkCondition {
    networks = Set.copyOf(networks);
  }

  @Override
  public Truth test(Atom atom) {
    Optional<IpRange> address = atom.address();
    if (address.isEmpty()) {
      return Truth.UNKNOWN;
    }
    boolean found = false;
    for (IpRange network : networks) {
      found |= network.contains(address.get());
    }
    return Truth.of(found == in);
  }
}
