package dev.weir.query.he;

import dev.weir.he.oprf.OprfKey;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.evaluator.EvaluatorFault;
import dev.weir.query.he.evaluator.Lookup;
import dev.weir.query.he.lookup.LockedTable;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.runtime.sql.Database;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Answers lookups: one evaluation for each under the table's key here, lookups of locked records in
 * the child, which never has the key. Questions about one table that wait together share a pass
 * over it. Confined to the worker's thread.
 */
final class LookupAnswering {
  /** What expanded queries of one pass may take: 128 KiB a leaf. */
  private static final int MAX_LEAVES = 2_048;

  /** Different keys of one pass, which the child has to hold together. */
  private static final int MAX_KEYS = 3;

  private final Database database;
  private final PostgresLockedTables tables;
  private final SwitchingKeyStore switching;
  private final Evaluator evaluator;
  private final PostgresLookupKeys keys;

  LookupAnswering(
      Database database,
      PostgresLockedTables tables,
      SwitchingKeyStore switching,
      Evaluator evaluator,
      SecureRandom random) {
    this.database = database;
    this.tables = tables;
    this.switching = switching;
    this.evaluator = evaluator;
    this.keys = new PostgresLookupKeys(random);
  }

  /** A ticket with its question, as the desk took it. */
  record Asked(HeTicket ticket, LookupParts parts) {}

  /** The table that a ticket is about. */
  LockedTable table(HeTicket ticket) {
    return database.asService(
        "he.table",
        handle ->
            tables
                .find(handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion())
                .orElseThrow());
  }

  /** Questions about one table, in groups that share a pass. */
  static List<List<Asked>> passes(LockedTable table, List<Asked> questions) {
    int each = table.terms().shape().queries() * table.terms().shape().lookup().leaves();
    var passes = new ArrayList<List<Asked>>();
    var pass = new ArrayList<Asked>();
    var digests = new HashSet<String>();
    for (var question : questions) {
      boolean newKeys = !digests.contains(question.parts().keysSha256());
      boolean full = (pass.size() + 1) * each > MAX_LEAVES || newKeys && digests.size() == MAX_KEYS;
      if (full && !pass.isEmpty()) {
        passes.add(List.copyOf(pass));
        pass.clear();
        digests.clear();
      }
      pass.add(question);
      digests.add(question.parts().keysSha256());
    }
    passes.add(List.copyOf(pass));
    return passes;
  }

  /**
   * @param questions about the table, of whichever parties
   * @return in their order
   * @throws EvaluatorFault when there is no result, and will be none for these questions
   */
  List<Evaluated> evaluate(LockedTable table, List<Asked> questions) {
    var key =
        database.asService(
            "he.lookup-key",
            handle -> keys.of(handle, table.contractId(), table.tableId(), table.dataVersion()));
    var found =
        evaluator.lookups(
            table.terms().table(),
            table.terms().shape(),
            questions.stream()
                .map(one -> new Lookup(one.parts().queries(), one.parts().keysSha256()))
                .toList(),
            digest -> switchingKeys(questions, digest),
            () ->
                ByteBuffer.wrap(
                    database
                        .asService("he.records", handle -> tables.bytes(handle, table))
                        .orElseThrow()));
    var evaluated = new ArrayList<Evaluated>();
    for (int i = 0; i < questions.size(); i++) {
      evaluated.add(reply(table, key, questions.get(i), found.get(i)));
    }
    return evaluated;
  }

  /** Those of whoever names them: a party may have keys that another one of the pass has not. */
  private WireGaloisKeys switchingKeys(List<Asked> questions, String digest) {
    return questions.stream()
        .filter(one -> one.parts().keysSha256().equals(digest))
        .findFirst()
        .map(one -> switchingKeys(one.ticket(), digest))
        .orElseThrow();
  }

  /** The keys of that digest, which the question of a ticket names. */
  WireGaloisKeys switchingKeys(HeTicket ticket, String digest) {
    return database
        .asService("he.keys", handle -> switching.content(handle, ticket.party(), digest))
        .flatMap(packed -> SwitchingKeys.read(ticket.parameters(), packed))
        .orElseThrow();
  }

  private static Evaluated reply(LockedTable table, OprfKey key, Asked question, Evaluated found) {
    var evaluation = key.evaluate(List.of(question.parts().blinded()));
    return new Evaluated(found.resultSha256(), table.terms().reply(evaluation, found.reply()));
  }
}
