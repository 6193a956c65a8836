package dev.weir.query.sum.custody;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.query.sum.CustodyRules;
import dev.weir.query.sum.Departments;
import dev.weir.query.sum.InputMessage;
import dev.weir.query.sum.SignedSum;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumTask;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.ledger.CollectionCharge;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.ServiceDatabase;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A custodian's database, and custodians on it that tests can kill. */
final class CustodyFixture implements AutoCloseable {
  final Departments parties;
  final Database database;
  final List<CollectionCharge> charges = new ArrayList<>();
  final List<BigInteger> drawn = new ArrayList<>();
  private final ServiceDatabase server;
  private final SecureRandom random = new SecureRandom();
  SumGate gate = task -> allowed(2 * task.nanoRho());
  Optional<ProblemException> ledgerSays = Optional.empty();

  CustodyFixture(Path directory) throws Exception {
    parties = new Departments(directory);
    server = ServiceDatabase.start(directory, "custodian");
    database = server.open("custodian", 4);
  }

  static SumGate.Verdict allowed(long allotted) {
    return new SumGate.Verdict.Allowed(
        "allow", "usage", "b1", provider(), LineageId.random(), allotted, List.of());
  }

  private static CreditCode provider() {
    return Departments.producer(0);
  }

  Custody custodian(SumPoint.Probe probe) {
    var noised = Custody.noised(parties.key, random);
    return custodian(
        (task, sum) -> {
          var total = noised.apply(task, sum);
          drawn.add(total);
          return total;
        },
        probe);
  }

  Custody custodian(BiFunction<SumTask, SignedSum, BigInteger> opener, SumPoint.Probe probe) {
    return new Custody(
        database,
        new SumTasks(List.of(parties.task)),
        new CustodyRules(),
        task -> gate.decide(task),
        charge -> {
          charges.add(charge);
          return ledgerSays;
        },
        opener,
        new SumEvidence(
            new EvidenceLog(new Outbox("custodian", new OutboxSignal()), "custodian"),
            "custodian",
            "b1"),
        Clock.systemUTC(),
        probe);
  }

  /** What both adders send of these inputs. */
  List<byte[]> signed(InputMessage.Input... inputs) {
    return List.of(
        parties.sum(1, List.of(inputs)).toBytes(), parties.sum(2, List.of(inputs)).toBytes());
  }

  Optional<SumOutcome> outcome(SumBatch batch) {
    return database.asService("test.outcome", handle -> PostgresSums.outcome(handle, batch));
  }

  /**
   * A planted bug: a custodian whose store loses how a batch ended, which its own role may not do.
   */
  void forget(SumBatch batch) {
    for (String table : List.of("outcomes", "adder_sums", "refused_messages")) {
      change(
          "delete from custodian."
              + table
              + " where task_id = '"
              + batch.task()
              + "' and group_name = '"
              + batch.group()
              + "'");
    }
  }

  private void change(String sql) {
    try (var connection = server.superuser();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counted by the owner: the service itself may not read its outbox. */
  long rows(String table) {
    return number("select count(*) from custodian." + table);
  }

  long number(String sql) {
    try (var connection = server.superuser();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    database.close();
    server.close();
    parties.close();
  }
}
