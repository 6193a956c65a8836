package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.lookup.LockedTable;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.he.replay.Kept;
import dev.weir.query.rollup.EpochStore;
import dev.weir.runtime.sql.Database;
import java.util.Optional;
import java.util.UUID;

/**
 * Hands an auditor what an evaluation was made of, as it is stored and unchecked: that it is what
 * it should be is for the auditor to find. Ciphertexts, released cells and locked records only.
 * Thread-safe.
 */
public final class HeReplayDesk {
  private final Database database;
  private final EpochStore epochs;
  private final HeTicketStore tickets;
  private final PostgresLockedTables tables;
  private final SwitchingKeyStore switching;

  HeReplayDesk(
      Database database,
      EpochStore epochs,
      HeTicketStore tickets,
      PostgresLockedTables tables,
      SwitchingKeyStore switching) {
    this.database = database;
    this.epochs = epochs;
    this.tickets = tickets;
    this.tables = tables;
    this.switching = switching;
  }

  Kept kept(UUID id) {
    var ticket = released(id);
    return new Kept(
        ticket.id(),
        ticket.kind(),
        ticket.contractId(),
        ticket.rollupId(),
        ticket.dataVersion(),
        ticket.parameters().label(),
        ticket.cells(),
        ticket.width(),
        ticket.cellBits(),
        table(ticket).map(LockedTable::terms),
        ticket.releaseLeaf().orElseThrow());
  }

  byte[] question(UUID id) {
    var ticket = released(id);
    return database
        .asService("he.question", handle -> tickets.question(handle, ticket.id()))
        .orElseThrow(HeReplayDesk::erasedQuestion);
  }

  byte[] reply(UUID id) {
    var ticket = released(id);
    return database
        .asService("he.reply", handle -> tickets.reply(handle, ticket.id()))
        .orElseThrow(HeDesk::erasedReply);
  }

  /**
   * The released cells; of a lookup the locked records, which open for nobody without their key.
   */
  byte[] tiles(UUID id) {
    var ticket = released(id);
    var table = table(ticket);
    return database.asService(
        "he.tiles",
        handle ->
            table
                .map(
                    locked -> tables.bytes(handle, locked).orElseThrow(HeReplayDesk::erasedRecords))
                .or(() ->
                    epochs
                        .find(handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion())
                        .map(epoch -> epochs.tiles(handle, epoch)))
                .orElseThrow(HeReplayDesk::notFound));
  }

  /** The switching keys that a question named; nothing of a sum. */
  byte[] keys(UUID id) {
    var ticket = released(id);
    return database
        .asService("he.keys", handle -> tickets.switchingKeys(handle, id))
        .map(sha256 ->
            database
                .asService("he.keys", handle -> switching.content(handle, ticket.party(), sha256))
                .orElseThrow(HeReplayDesk::erasedQuestion))
        .orElseGet(() -> new byte[0]);
  }

  private Optional<LockedTable> table(HeTicket ticket) {
    return ticket.kind().looksUp()
        ? database.asService(
            "he.table",
            handle ->
                tables.find(handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion()))
        : Optional.empty();
  }

  private HeTicket released(UUID id) {
    return database
        .asService("he.find", handle -> tickets.find(handle, id))
        .filter(ticket -> ticket.status() == HeTicket.Status.DONE)
        .orElseThrow(HeReplayDesk::notFound);
  }

  private static ProblemException erasedQuestion() {
    return new ProblemException(
        ProblemType.ERASED,
        "The question was erased after its period; its digests in the evidence log still verify.");
  }

  private static ProblemException erasedRecords() {
    return new ProblemException(
        ProblemType.ERASED,
        "The locked records were erased after their period; their root in the evidence log stays.");
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no evaluation of that id that was released.");
  }
}
