package dev.weir.query.he;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ContractState;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.contract.Contracts;
import dev.weir.query.he.PostgresHeRetention.Openable;
import dev.weir.query.record.DataVersion;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Erases what has outlived its purpose. The key of a locked table goes with contract, product or
 * data version; what only an auditor needs stays for the replay period, and then its digests alone.
 * Each step is a transaction of its own that can be done again, so that it may end anywhere; in one
 * that fails nothing is erased. Thread-safe.
 */
final class HeRetention {
  private final Database database;
  private final Contracts contracts;
  private final Function<ResourceId, Optional<DataVersion>> newest;
  private final HeTicketStore tickets;
  private final HeEvidence evidence;
  private final InstantSource clock;
  private final Duration period;
  private final PostgresHeRetention rows = new PostgresHeRetention();

  /**
   * @param newest records of a resource that are here; empty says nothing
   * @param period how long an evaluation can be done over
   */
  HeRetention(
      Database database,
      Contracts contracts,
      Function<ResourceId, Optional<DataVersion>> newest,
      HeTicketStore tickets,
      HeEvidence evidence,
      InstantSource clock,
      Duration period) {
    this.database = database;
    this.contracts = contracts;
    this.newest = newest;
    this.tickets = tickets;
    this.evidence = evidence;
    this.clock = clock;
    this.period = period;
  }

  /** How many rows of each kind lost their bytes. */
  record Erased(int keys, int tables, int questions, int switchingKeys) {
    boolean any() {
      return keys + tables + questions + switchingKeys > 0;
    }
  }

  /**
   * One round over everything that is over now.
   *
   * @throws dev.weir.kernel.ProblemException while contracts or database cannot be asked
   */
  Erased round() {
    Instant now = clock.instant();
    Instant before = now.minus(period);
    return new Erased(
        keys(now),
        step("he.erase.records", handle -> rows.eraseRecords(handle, before)),
        questions(now, before),
        step("he.erase.switching-keys", handle -> rows.deleteSwitchingKeys(handle, before)));
  }

  private int keys(Instant now) {
    var openable = database.asService("he.erase.find", handle -> rows.openable(handle, now));
    return openable.stream()
        .filter(table -> over(table, now))
        .mapToInt(table -> step("he.erase.key", handle -> rows.eraseKey(handle, table, now)))
        .sum();
  }

  /** A newer version waits for the tickets that were given for this one; an end does not. */
  private boolean over(Openable table, Instant now) {
    var contract = contracts.find(table.contract());
    return contract.filter(entry -> ended(entry, table, now)).isPresent()
        || !table.waitedFor() && (table.replaced() || recordsReplaced(contract, table));
  }

  /** For good: a party that is suspended for a while may come back, and its table with it. */
  private static boolean ended(ContractBook.Entry entry, Openable table, Instant now) {
    var state = entry.state();
    return state.status() == ContractState.Status.ENDED
        || state.ended().isPresent()
        || !state.terms().term().contains(now)
        || table.product().filter(entry.facts().stoppedProducts()::contains).isPresent();
  }

  private boolean recordsReplaced(Optional<ContractBook.Entry> contract, Openable table) {
    return !table.ofCells()
        && contract
            .flatMap(entry ->
                entry.state().terms().products().stream()
                    .filter(product -> table.product().filter(product.id()::equals).isPresent())
                    .map(ProductTerms::resourceId)
                    .findFirst())
            .flatMap(newest)
            .filter(version -> version.number() > table.dataVersion())
            .isPresent();
  }

  private int questions(Instant now, Instant before) {
    database
        .asService("he.erase.unanswered", handle -> rows.unanswered(handle, before))
        .forEach(id -> database.asService("he.fail", handle -> giveUp(handle, id, now)));
    int erased = 0;
    int more;
    do {
      more = step("he.erase.questions", handle -> rows.eraseQuestions(handle, before));
      erased += more;
    } while (more == PostgresHeRetention.MAX_ROWS);
    return erased;
  }

  private boolean giveUp(Handle handle, UUID id, Instant now) {
    var leaf = LeafId.random();
    return tickets
        .find(handle, id)
        .filter(ticket -> tickets.fail(handle, id, "unanswered", leaf, now))
        .map(ticket ->
            evidence.append(
                handle, EvidenceKind.DECISION, ticket, leaf, "deny", "unanswered", now, Map.of()))
        .isPresent();
  }

  private int step(String name, ToIntFunction<Handle> work) {
    return database.asService(name, work::applyAsInt);
  }
}
