package dev.weir.query.he;

import dev.weir.he.Words;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.evaluator.Cells;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.evaluator.EvaluatorFault;
import dev.weir.query.he.evaluator.Lookup;
import dev.weir.query.rollup.EpochStore;
import dev.weir.runtime.sql.Database;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Evaluates questions over released cells. Those of one kind about one epoch that wait together
 * share a pass over its tiles. Confined to the worker's thread.
 */
final class CellAnswering {
  /** What the selectors of one pass may be: 64 KiB each. */
  private static final int MAX_SELECTORS = 1_024;

  /** Different keys of one pass, which the child has to hold together. */
  private static final int MAX_KEYS = 3;

  private final Database database;
  private final EpochStore epochs;
  private final Evaluator evaluator;
  private final LookupAnswering keys;

  CellAnswering(Database database, EpochStore epochs, Evaluator evaluator, LookupAnswering keys) {
    this.database = database;
    this.epochs = epochs;
    this.evaluator = evaluator;
    this.keys = keys;
  }

  /**
   * A ticket with its question, past the gate.
   *
   * @param ciphertexts of a sum one for each block of cells, of a one-hot question its query
   * @param keysSha256 names the keys that expand a query
   */
  record Asked(HeTicket ticket, Words ciphertexts, Optional<String> keysSha256) {
    static Asked of(HeTicket ticket, EncryptedQuestion question) {
      return switch (ticket.kind()) {
        case SUM -> new Asked(ticket, question.limbs(ticket.parameters()), Optional.empty());
        case ONE_HOT -> {
          var parts =
              OneHotParts.read(ticket.parameters(), question.ciphertexts())
                  .orElseThrow(EncryptedQuestion::malformed);
          yield new Asked(ticket, parts.query(), Optional.of(parts.keysSha256()));
        }
        case LOOKUP, KEYWORD, INDEX ->
            throw new IllegalStateException("lookups are not evaluated over cells");
      };
    }
  }

  /** Questions about one epoch, of one kind, in groups that share a pass. */
  static List<List<Asked>> passes(List<Asked> questions) {
    int most = Math.max(1, MAX_SELECTORS / questions.getFirst().ticket().layout().terms());
    var passes = new ArrayList<List<Asked>>();
    var pass = new ArrayList<Asked>();
    var digests = new HashSet<String>();
    for (var question : questions) {
      boolean newKeys = question.keysSha256().filter(one -> !digests.contains(one)).isPresent();
      boolean full = pass.size() == most || newKeys && digests.size() == MAX_KEYS;
      if (full) {
        passes.add(List.copyOf(pass));
        pass.clear();
        digests.clear();
      }
      pass.add(question);
      question.keysSha256().ifPresent(digests::add);
    }
    passes.add(List.copyOf(pass));
    return passes;
  }

  /**
   * @param questions of one pass
   * @return in their order
   * @throws EvaluatorFault when there is no result, and will be none for these questions
   */
  List<Evaluated> evaluate(List<Asked> questions) {
    var ticket = questions.getFirst().ticket();
    var epoch =
        database
            .asService(
                "he.epoch",
                handle ->
                    epochs.find(
                        handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion()))
            .orElseThrow();
    var wanted =
        new Cells(epoch.contractId() + "/" + epoch.rollupId(), epoch.root(), ticket.layout());
    Supplier<IntFunction<LongBuffer>> cells =
        () -> database.asService("he.cells", handle -> epochs.cells(handle, epoch))::column;
    if (ticket.kind() == QuestionKind.SUM) {
      return evaluator.sums(wanted, questions.stream().map(Asked::ciphertexts).toList(), cells);
    }
    return evaluator.oneHot(
        wanted,
        questions.stream()
            .map(one -> new Lookup(one.ciphertexts(), one.keysSha256().orElseThrow()))
            .toList(),
        digest -> switchingKeys(questions, digest),
        cells);
  }

  /** Those of whoever names them: a party may have keys that another one of the pass has not. */
  private WireGaloisKeys switchingKeys(List<Asked> questions, String digest) {
    return questions.stream()
        .filter(one -> one.keysSha256().filter(digest::equals).isPresent())
        .findFirst()
        .map(one -> keys.switchingKeys(one.ticket(), digest))
        .orElseThrow();
  }
}
