package dev.weir.query.he;

import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.he.lookup.RecordDecision;
import dev.weir.query.he.lookup.TableLocking;
import dev.weir.query.record.RecordStore;
import dev.weir.query.rollup.ContractUses;
import dev.weir.query.rollup.EpochDecision;
import dev.weir.query.rollup.PostgresEpochStore;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.ledger.Ledger;
import java.time.Duration;

/** The desks, put together once at start. */
public record HeParts(
    HeTicketing ticketing,
    HeDesk desk,
    SwitchingKeyDesk keys,
    HeReplayDesk replays,
    HeRetentionJob retention) {

  /**
   * How long and how much is kept.
   *
   * @param replayPeriod for doing an evaluation over
   * @param maxPartyBytes of a party's questions and replies
   */
  public record Keeping(Duration replayPeriod, long maxPartyBytes) {}

  /**
   * @param records that lookups of records read, with leave
   * @param region six digits after GB/T 2260 of the place where the domain runs, empty when not
   *     observed
   * @param slot first time at which an outcome is told
   * @param tileShareBytes of cells whose tiles take more, workers hold shares
   */
  public static HeParts of(
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      EpochDecision decision,
      RecordStore records,
      String region,
      Duration slot,
      long tileShareBytes,
      Keeping keeping) {
    var database = service.database();
    var tickets = new PostgresHeTicketStore();
    var epochs = new PostgresEpochStore();
    var tables = new PostgresLockedTables();
    var switching = new PostgresSwitchingKeyStore();
    var locking =
        new TableLocking(
            database,
            new PostgresLookupKeys(service.random()),
            tables,
            service.random(),
            TableLocking.ownThread());
    return new HeParts(
        new HeTicketing(
            database,
            contracts,
            new ContractUses(ledger, service.clock()),
            new CellSubjects(database, epochs, decision, locking),
            new RecordSubjects(
                records,
                new RecordDecision(service.bundle(), service.clock()),
                locking,
                service.clock(),
                service.bundle().version()),
            tickets,
            new HeEvidence(service.evidence()),
            service.clock(),
            region,
            tileShareBytes),
        new HeDesk(
            database,
            contracts,
            tickets,
            tables,
            switching,
            service.outbox(),
            service.clock(),
            slot,
            new AskingLimits(tickets, keeping.maxPartyBytes(), AskingLimits.MAX_QUESTIONS_PER_KEY)),
        new SwitchingKeyDesk(database, switching, service.clock()),
        new HeReplayDesk(database, epochs, tickets, tables, switching),
        new HeRetentionJob(
            new HeRetention(
                database,
                contracts,
                records::newest,
                tickets,
                new HeEvidence(service.evidence()),
                service.clock(),
                keeping.replayPeriod()),
            service.metrics()));
  }
}
