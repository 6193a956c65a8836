package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.replay.Kept;
import dev.weir.query.rollup.EpochStore;
import dev.weir.runtime.sql.Database;
import java.util.UUID;

/**
 * Hands an auditor what an evaluation was made of, as it is stored and unchecked: that it is what
 * it should be is for the auditor to find. Ciphertexts and released cells only. Thread-safe.
 */
public final class HeReplayDesk {
  private final Database database;
  private final EpochStore epochs;
  private final HeTicketStore tickets;

  HeReplayDesk(Database database, EpochStore epochs, HeTicketStore tickets) {
    this.database = database;
    this.epochs = epochs;
    this.tickets = tickets;
  }

  Kept kept(UUID id) {
    var ticket = released(id);
    return new Kept(
        ticket.id(),
        ticket.contractId(),
        ticket.rollupId(),
        ticket.dataVersion(),
        ticket.parameters().label(),
        ticket.cells(),
        ticket.width(),
        ticket.cellBits(),
        ticket.releaseLeaf().orElseThrow());
  }

  byte[] question(UUID id) {
    var ticket = released(id);
    return database.asService("he.question", handle -> tickets.question(handle, ticket.id()));
  }

  byte[] reply(UUID id) {
    var ticket = released(id);
    return database.asService("he.reply", handle -> tickets.reply(handle, ticket.id()));
  }

  byte[] tiles(UUID id) {
    var ticket = released(id);
    return database.asService(
        "he.tiles",
        handle ->
            epochs
                .find(handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion())
                .map(epoch -> epochs.tiles(handle, epoch))
                .orElseThrow(HeReplayDesk::notFound));
  }

  private HeTicket released(UUID id) {
    return database
        .asService("he.find", handle -> tickets.find(handle, id))
        .filter(ticket -> ticket.status() == HeTicket.Status.DONE)
        .orElseThrow(HeReplayDesk::notFound);
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no evaluation of that id that was released.");
  }
}
