package dev.weir.query.he;

import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.rollup.ContractUses;
import dev.weir.query.rollup.EpochDecision;
import dev.weir.query.rollup.PostgresEpochStore;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.ledger.Ledger;
import java.time.Duration;

/** The desks, put together once at start. */
public record HeParts(HeDesk desk, HeReplayDesk replays) {

  /**
   * @param region six digits after GB/T 2260 of the place where the domain runs, empty when not
   *     observed
   * @param slot first time at which an outcome is told
   */
  public static HeParts of(
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      EpochDecision decision,
      String region,
      Duration slot) {
    return new HeParts(
        new HeDesk(
            service.database(),
            contracts,
            new PostgresEpochStore(),
            decision,
            new ContractUses(ledger, service.clock()),
            new PostgresHeTicketStore(),
            new PostgresLookupKeys(service.random()),
            new HeEvidence(service.evidence()),
            service.outbox(),
            service.clock(),
            region,
            slot),
        new HeReplayDesk(
            service.database(), new PostgresEpochStore(), new PostgresHeTicketStore()));
  }
}
