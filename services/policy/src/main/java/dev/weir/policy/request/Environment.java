package dev.weir.policy.request;

import dev.weir.kernel.ProductId;
import dev.weir.policy.decision.Obligation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The circumstances of a use.
 *
 * @param now when it is asked for
 * @param purpose what the requester says it is for
 * @param chargeFen what this use would cost, in fen; absent when not yet known
 * @param uses earlier uses for each product; a product without an entry was not counted
 * @param carriesOut the kinds of obligation this enforcement point can carry out
 */
public record Environment(
    Instant now,
    String purpose,
    Channel channel,
    Optional<Long> chargeFen,
    Map<ProductId, UseCounts> uses,
    Set<Obligation.Kind> carriesOut) {
  public Environment {
    uses = Map.copyOf(uses);
    carriesOut = Set.copyOf(carriesOut);
  }
}
