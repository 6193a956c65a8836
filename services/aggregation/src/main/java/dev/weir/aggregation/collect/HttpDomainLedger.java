package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.ledger.Charges;
import dev.weir.runtime.ledger.CollectionCharge;
import dev.weir.runtime.ledger.HttpCharges;
import java.net.URI;
import java.util.Optional;

/** {@link DomainLedger} of the control plane, asked with the aggregator's broker login. */
public final class HttpDomainLedger implements DomainLedger {
  private final Charges charges;

  /**
   * @param plane any address of the control plane
   * @param login the aggregator's at the broker
   */
  public HttpDomainLedger(URI plane, KafkaAccess login) {
    this.charges = new HttpCharges(plane, login);
  }

  @Override
  public Optional<Failure> charge(CollectionCharge charge) {
    return charges
        .charge(charge)
        .map(problem -> new Failure(problem.type(), String.valueOf(problem.getMessage())));
  }
}
