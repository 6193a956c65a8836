package dev.weir.query.sum.custody;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumTask;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What the custodian keeps. Every method works in the caller's transaction. */
final class PostgresSums {
  private PostgresSums() {}

  /** One adder's message about a batch. */
  @SuppressWarnings("ArrayRecordComponent") // as the database hands it over; never compared
  record Kept(String adder, String statementSha256, byte[] message) {}

  /** Leaves about refused messages of one task; the log counts the rest. */
  private static final int MAX_REFUSED = 1_000;

  /** Others wait until this transaction ends. */
  static void lock(Handle handle, SumBatch batch) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:batch, 2))::text")
        .bind("batch", batch.toString())
        .mapTo(String.class)
        .one();
  }

  /** Keeps the first message of an adder about a batch; a later one changes nothing. */
  static void keep(Handle handle, SumBatch batch, Kept kept) {
    bind(
            handle.createUpdate(
                """
                insert into adder_sums (task_id, window_name, group_name, adder, statement_sha256, message)
                values (:task, :window, :group, :adder, :sha256, :message) on conflict do nothing
                """),
            batch)
        .bind("adder", kept.adder())
        .bind("sha256", kept.statementSha256())
        .bind("message", kept.message())
        .execute();
  }

  /** The first message of each adder, ordered by adder. */
  static List<Kept> kept(Handle handle, SumBatch batch) {
    return bind(
            handle.createQuery(
                """
                select adder, statement_sha256, message from adder_sums
                where task_id = :task and window_name = :window and group_name = :group order by adder
                """),
            batch)
        .map((row, context) ->
            new Kept(
                row.getString("adder"), row.getString("statement_sha256"), row.getBytes("message")))
        .list();
  }

  static Optional<SumOutcome> outcome(Handle handle, SumBatch batch) {
    return bind(
            handle.createQuery(
                """
                select * from outcomes
                where task_id = :task and window_name = :window and group_name = :group
                """),
            batch)
        .map((row, context) -> outcome(row))
        .findOne();
  }

  /**
   * Charges our own account of the contract and stores what was drawn.
   *
   * @param allotted what the contract holds of ρ·10⁻⁹
   * @return false, with nothing changed, when that does not cover it
   */
  static boolean draw(Handle handle, SumTask task, SumOutcome drawn, long allotted) {
    var contract = task.contractId();
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:contract, 1))::text")
        .bind("contract", contract.toString())
        .mapTo(String.class)
        .one();
    if (spent(handle, contract) > allotted - task.nanoRho()) {
      return false;
    }
    insert(handle, drawn, contract, task.nanoRho());
    return true;
  }

  static long spent(Handle handle, ContractId contract) {
    return handle
        .createQuery(
            "select coalesce(sum(nano_rho), 0) from outcomes where contract_id = :contract")
        .bind("contract", contract.value())
        .mapTo(Long.class)
        .one();
  }

  /** Ends a batch of which nothing was drawn, or what was drawn stays unseen for ever. */
  static void refuse(Handle handle, SumTask task, SumOutcome refused) {
    int changed =
        bind(
                handle.createUpdate(
                    """
                    update outcomes set state = 'REFUSED', reason = :reason, noised = null, leaf_id = :leaf,
                      at = :at
                    where task_id = :task and window_name = :window and group_name = :group
                      and state = 'KEPT'
                    """),
                refused.batch())
            .bind("reason", refused.reason())
            .bind("leaf", refused.leaf().map(LeafId::value))
            .bind("at", refused.at())
            .execute();
    if (changed == 0) {
      insert(handle, refused, task.contractId(), 0);
    }
  }

  static void release(Handle handle, SumBatch batch, LeafId leaf, Instant at) {
    bind(
            handle.createUpdate(
                """
                update outcomes set state = 'RELEASED', leaf_id = :leaf, at = :at
                where task_id = :task and window_name = :window and group_name = :group and state = 'KEPT'
                """),
            batch)
        .bind("leaf", leaf.value())
        .bind("at", at)
        .execute();
  }

  /** The ciphertexts are not needed any more; that they came is. */
  static void dropMessages(Handle handle, SumBatch batch) {
    bind(
            handle.createUpdate(
                """
                update adder_sums set message = ''
                where task_id = :task and window_name = :window and group_name = :group
                """),
            batch)
        .execute();
  }

  /**
   * True the first time that something is refused, until a task has more of them than anybody
   * reads.
   *
   * @param said what makes it the same again
   */
  static boolean noteRefused(Handle handle, SumBatch batch, String said, Instant at) {
    return bind(
                handle.createUpdate(
                    """
                    insert into refused_messages (task_id, window_name, group_name, said, at)
                    select :task, :window, :group, :said, :at
                    where (select count(*) from refused_messages where task_id = :task) < :most
                    on conflict do nothing
                    """),
                batch)
            .bind("said", said)
            .bind("most", MAX_REFUSED)
            .bind("at", at)
            .execute()
        == 1;
  }

  private static void insert(Handle handle, SumOutcome outcome, ContractId contract, long nanoRho) {
    bind(
            handle.createUpdate(
                """
                insert into outcomes (task_id, window_name, group_name, state, statement_sha256, producers,
                  inputs, noised, reason, leaf_id, contract_id, nano_rho, at)
                values (:task, :window, :group, :state, :statement, :producers, :inputs, :noised, :reason,
                  :leaf, :contract, :nanoRho, :at)
                """),
            outcome.batch())
        .bind("state", outcome.state().name())
        .bind("statement", outcome.statementSha256())
        .bind("producers", outcome.producers())
        .bind("inputs", outcome.inputs())
        .bind("noised", outcome.noised().map(BigInteger::toString))
        .bind("reason", outcome.reason())
        .bind("leaf", outcome.leaf().map(LeafId::value))
        .bind("contract", contract.value())
        .bind("nanoRho", nanoRho)
        .bind("at", outcome.at())
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, SumBatch batch) {
    return statement
        .bind("task", batch.task())
        .bind("window", batch.window())
        .bind("group", batch.group());
  }

  private static SumOutcome outcome(ResultSet row) throws SQLException {
    return new SumOutcome(
        new SumBatch(
            row.getString("task_id"), row.getString("window_name"), row.getString("group_name")),
        SumOutcome.State.valueOf(row.getString("state")),
        row.getString("statement_sha256"),
        row.getInt("producers"),
        row.getInt("inputs"),
        Optional.ofNullable(row.getString("noised")).map(BigInteger::new),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getObject("leaf_id", UUID.class)).map(LeafId::new),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
