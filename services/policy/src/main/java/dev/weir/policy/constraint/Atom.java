package dev.weir.policy.constraint;

import dev.weir.kernel.ProductId;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.UseCounts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The smallest thing a rule is asked about: one column of one product in one environment.
 *
 * @param address the peer's, read once for all rules; absent when not observed
 * @param column lower case; null when the use touches no column of the product
 */
public record Atom(
    Environment environment,
    Optional<IpRange> address,
    ProductId product,
    @Nullable String column) {

  Optional<UseCounts> counts() {
    return Optional.ofNullable(environment.uses().get(product));
  }
}
