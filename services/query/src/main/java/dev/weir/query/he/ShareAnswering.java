package dev.weir.query.he;

import dev.weir.he.Words;
import dev.weir.query.he.evaluator.Cells;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.evaluator.EvaluatorFault;
import dev.weir.query.he.evaluator.Lookup;
import dev.weir.query.he.evaluator.ShareQuestion;
import dev.weir.query.rollup.EpochStore;
import dev.weir.query.rollup.PublishedCells;
import dev.weir.runtime.sql.Database;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates shares of questions whose cells are more than one worker holds. Each worker multiplies
 * the blocks of its share; whoever ends the last share adds all of them up, which gives the limbs
 * that one worker with all tiles would have. Confined to the worker's thread.
 */
final class ShareAnswering {
  private final Database database;
  private final EpochStore epochs;
  private final Evaluator evaluator;
  private final LookupAnswering keys;
  private final PostgresTileShares shares = new PostgresTileShares();

  ShareAnswering(Database database, EpochStore epochs, Evaluator evaluator, LookupAnswering keys) {
    this.database = database;
    this.epochs = epochs;
    this.evaluator = evaluator;
    this.keys = keys;
  }

  PostgresTileShares.Begun begin(HeTicket ticket, TileShare share) {
    return database.asService(
        "he.share.begin", handle -> shares.begin(handle, ticket.id(), share.number()));
  }

  /**
   * Evaluates a share that was begun.
   *
   * @return the whole question's result, if this was its last share
   * @throws EvaluatorFault when there is no result, and will be none for this question
   */
  Optional<Evaluated> evaluate(CellAnswering.Asked asked, TileShare share) {
    var ticket = asked.ticket();
    var epoch =
        database
            .asService(
                "he.epoch",
                handle ->
                    epochs.find(
                        handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion()))
            .orElseThrow();
    var part = share.part(ticket.layout());
    var wanted =
        new Cells(epoch.contractId() + "/" + epoch.rollupId() + "#" + share, epoch.root(), part);
    var products =
        evaluator.share(
            wanted,
            question(asked, share),
            digest -> keys.switchingKeys(ticket, digest),
            () -> {
              var all = database.asService("he.cells", handle -> epochs.cells(handle, epoch));
              return measure -> column(all, measure, share.firstKey(ticket.layout()), part.keys());
            });
    boolean last =
        database.asService(
            "he.share.done",
            handle -> shares.done(handle, ticket.id(), share.number(), products.replyBytes()));
    return last ? gathered(ticket) : Optional.empty();
  }

  /** The result of a question all of whose shares were evaluated before; empty otherwise. */
  Optional<Evaluated> completed(HeTicket ticket) {
    boolean complete =
        database.asService("he.share.read", handle -> shares.complete(handle, ticket.id()));
    return complete ? gathered(ticket) : Optional.empty();
  }

  /** Empty when another worker has released the question meanwhile, and its shares are gone. */
  private Optional<Evaluated> gathered(HeTicket ticket) {
    List<byte[]> all =
        database.asService("he.share.read", handle -> shares.limbs(handle, ticket.id()));
    return all.size() < ticket.shares()
        ? Optional.empty()
        : Optional.of(
            evaluator.gathered(ticket.layout(), ticket.kind() == QuestionKind.ONE_HOT, all));
  }

  private static ShareQuestion question(CellAnswering.Asked asked, TileShare share) {
    var layout = asked.ticket().layout();
    int first = share.firstBlock(layout.terms());
    return asked
        .keysSha256()
        .<ShareQuestion>map(digest ->
            new ShareQuestion.Marked(
                new Lookup(asked.ciphertexts(), digest), layout.leaves(), first))
        .orElseGet(() -> {
          Words all = asked.ciphertexts();
          int each = all.count() / layout.terms();
          return new ShareQuestion.Weights(
              all.slice(first * each, share.blocks(layout.terms()) * each));
        });
  }

  private static LongBuffer column(PublishedCells cells, int measure, int first, int count) {
    return cells.column(measure).slice(first, count);
  }
}
