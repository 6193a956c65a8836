package dev.weir.query.he;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.IndexQuestion;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.LookupQuestion;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.lookup.LockedTable;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.he.lookup.RowRecords;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.he.lookup.TableLocking;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.Account;
import dev.weir.testkit.ServiceDatabase;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two parties of one contract, each with keys that the other one never uploaded. */
class TwoAskersTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String TABLE = "ab".repeat(16);

  private final ContractId contract = ContractId.random();
  private final PostgresSwitchingKeyStore switching = new PostgresSwitchingKeyStore();

  @Test
  void lookupsOfTwoParties_shareOnePass_andEachFindsItsOwnRecord(
      @TempDir Path state, @TempDir Path directory) throws Exception {
    try (var server = ServiceDatabase.start(state, "query");
        var database = server.open("query", 2);
        var evaluator =
            new Evaluator(
                "he-worker-1", directory, new Evaluator.Limits(16, Duration.ofMinutes(2)));
        var context = HeContext.open(LookupShape.PARAMETERS, RANDOM);
        var first = context.generateSecretKey();
        var second = context.generateSecretKey()) {
      evaluator.start();
      assertThat(Waiting.until(Duration.ofMinutes(2), evaluator::alive)).isTrue();
      var table = locked(database);
      var one = new Asker(context, first, Account.party(31), 7, table);
      var other = new Asker(context, second, Account.party(32), 30, table);
      var lookups =
          new LookupAnswering(database, new PostgresLockedTables(), switching, evaluator, RANDOM);
      // when
      var replies = lookups.evaluate(table, List.of(one.asked(database), other.asked(database)));
      // then
      assertThat(evaluator.passes()).isEqualTo(1);
      assertThat(one.opened(replies.get(0).reply())).isEqualTo("record 7");
      assertThat(other.opened(replies.get(1).reply())).isEqualTo("record 30");
    }
  }

  private LockedTable locked(Database database) {
    var rows = IntStream.range(0, 40).mapToObj(i -> List.of(Optional.of("record " + i))).toList();
    return new TableLocking(
            database,
            new PostgresLookupKeys(RANDOM),
            new PostgresLockedTables(),
            RANDOM,
            Runnable::run)
        .table(contract, TABLE, 1, () -> RowRecords.of(By.INDEX, List.of("text"), rows));
  }

  /** A party with a key of its own, who wants one record. */
  private final class Asker {
    private final SecretKey secret;
    private final CreditCode party;
    private final int wanted;
    private final LockedTable table;
    private final LookupQuestion lookup;
    private final IndexQuestion question;
    private final OprfClient client;

    Asker(HeContext context, SecretKey secret, CreditCode party, int wanted, LockedTable table)
        throws OprfException {
      var terms = table.terms();
      var shape = (IndexShape) terms.shape();
      this.secret = secret;
      this.party = party;
      this.wanted = wanted;
      this.table = table;
      this.lookup = new LookupQuestion(context, shape.lookup());
      this.question = new IndexQuestion(context, shape, terms.lock());
      this.client = OprfClient.blind(terms.key(), List.of(terms.lock().name(wanted)), RANDOM);
    }

    LookupAnswering.Asked asked(Database database) {
      var elements = lookup.keyElements();
      byte[] keys =
          SwitchingKeys.write(
              LookupShape.PARAMETERS, new WireGaloisKeys(elements, secret.galoisKeys(elements)));
      String digest = SwitchingKeys.sha256(keys);
      database.asService(
          "keys",
          handle -> {
            switching.add(handle, party, digest, keys, Instant.EPOCH);
            return true;
          });
      var parts =
          new LookupParts(
              question.ask(secret, wanted).getFirst(), digest, client.blinded().getFirst());
      return new LookupAnswering.Asked(ticket(), parts);
    }

    private HeTicket ticket() {
      return new HeTicket(
          UUID.randomUUID(),
          QuestionKind.INDEX,
          contract,
          ProductId.random(),
          Account.party(33),
          party,
          "subject",
          TABLE,
          1,
          LookupShape.PARAMETERS,
          40,
          1,
          63,
          1,
          table.root(),
          LeafId.random(),
          "rule",
          "bundle",
          List.of(),
          Instant.EPOCH,
          Instant.EPOCH,
          HeTicket.Status.RUNNING,
          Optional.of(Instant.EPOCH),
          Optional.empty(),
          Optional.empty());
    }

    String opened(ByteBuffer reply) throws OprfException {
      var terms = table.terms();
      byte[] value = client.finish(terms.evaluation(reply)).getFirst();
      byte[] record = question.open(secret, wanted, value, terms.found(reply)).orElseThrow();
      return RowRecords.read(record, 1).orElseThrow().getFirst().orElseThrow();
    }
  }
}
