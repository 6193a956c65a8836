package dev.weir.query.he;

import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.evaluator.EvaluatorFault;
import dev.weir.query.he.lookup.CellRecords;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.rollup.Epoch;
import dev.weir.query.rollup.EpochStore;
import dev.weir.query.rollup.RollupSpec;
import dev.weir.runtime.sql.Database;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/**
 * Answers a lookup: one evaluation under the epoch's key here, two lookups of locked records in the
 * child, which never has the key. Confined to the worker's thread.
 */
final class LookupAnswering {
  private final Database database;
  private final EpochStore epochs;
  private final Evaluator evaluator;
  private final PostgresLookupKeys keys;
  private final SecureRandom random;

  LookupAnswering(Database database, EpochStore epochs, Evaluator evaluator, SecureRandom random) {
    this.database = database;
    this.epochs = epochs;
    this.evaluator = evaluator;
    this.keys = new PostgresLookupKeys(random);
    this.random = random;
  }

  /**
   * @param parts as the desk took them
   * @throws EvaluatorFault when there is no result, and will be none for this question
   */
  Evaluated evaluate(RollupSpec spec, Epoch epoch, List<ByteBuffer> parts) {
    var key = database.asService("he.lookup-key", handle -> keys.of(handle, epoch));
    var terms = CellRecords.terms(epoch, spec, key);
    var asked = LookupParts.read(terms.shape(), parts).orElseThrow(EncryptedQuestion::malformed);
    var found =
        evaluator.lookups(
            terms.table(),
            terms.shape(),
            asked.queries(),
            asked.keys(),
            () -> {
              var cells = database.asService("he.cells", handle -> epochs.cells(handle, epoch));
              return CellRecords.lock(epoch, spec, cells, key, random).bytes();
            });
    var evaluation = key.evaluate(List.of(asked.blinded()));
    return new Evaluated(found.resultSha256(), terms.reply(evaluation, found.reply()));
  }
}
