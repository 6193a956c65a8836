package dev.weir.query.rollup;

import dev.weir.kernel.ProductId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.usage.CheckedContract;
import dev.weir.query.contract.ContractBook;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.MeterReading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Earlier uses of a contract's products, counted from its bill: an epoch and an encrypted question
 * are uses like any other. Thread-safe.
 */
public final class ContractUses {
  private final Ledger ledger;
  private final InstantSource clock;

  public ContractUses(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  public Map<ProductId, UseCounts> of(Handle handle, ContractBook.Entry entry) {
    var calls =
        ledger.readings(handle, entry.state().id()).stream()
            .filter(reading -> reading.kind() == MeterReading.Kind.CALL)
            .toList();
    var windows =
        entry.policy() instanceof CheckedContract checked
            ? checked.frequencyWindows()
            : Set.<Duration>of();
    Instant now = clock.instant();
    var uses = new HashMap<ProductId, UseCounts>();
    for (ProductTerms product : entry.state().terms().products()) {
      var own =
          calls.stream()
              .filter(reading -> reading.products().contains(product.id().toString()))
              .toList();
      var within = new HashMap<Duration, Long>();
      windows.forEach(window ->
          within.put(
              window,
              own.stream().filter(reading -> reading.at().isAfter(now.minus(window))).count()));
      uses.put(product.id(), new UseCounts(own.size(), within));
    }
    return uses;
  }
}
