package dev.weir.query.he;

import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.use.PostgresUseStore;
import dev.weir.query.use.Use;
import dev.weir.query.use.UseKind;
import dev.weir.query.use.UseStatus;
import dev.weir.query.use.UseStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tickets in {@code query.he_tickets}. */
final class PostgresHeTicketStore implements HeTicketStore {
  private final UseStore uses = new PostgresUseStore();

  @Override
  public void refuse(Handle handle, HeTicket ticket, String purpose, String decision) {
    uses.add(handle, use(ticket, purpose, UseStatus.REFUSED, decision));
  }

  private static Use use(HeTicket ticket, String purpose, UseStatus status, String decision) {
    return new Use(
        ticket.id(),
        UseKind.valueOf(ticket.kind().name()),
        ticket.contractId(),
        ticket.productId(),
        ticket.provider(),
        ticket.party(),
        purpose,
        status,
        decision,
        ticket.rule(),
        ticket.createdAt());
  }

  @Override
  public void add(Handle handle, HeTicket ticket, String purpose) {
    uses.add(handle, use(ticket, purpose, UseStatus.OPEN, "allow"));
    handle
        .createUpdate(
            """
            insert into query.he_tickets (id, kind, contract_id, product_id, provider, party, subject,
              rollup_id, data_version, parameter_set, cells, width, cell_bits, shares, root, decision_leaf,
              rule, bundle, limits, created_at, expires_at, status)
            values (:id, :kind, :contract, :product, :provider, :party, :subject, :rollup, :version,
              :parameters, :cells, :width, :bits, :shares, :root, :decision, :rule, :bundle, :limits, :created,
              :expires, 'OPEN')
            """)
        .bind("id", ticket.id())
        .bind("kind", ticket.kind().name())
        .bind("contract", ticket.contractId().value())
        .bind("product", ticket.productId().value())
        .bind("provider", ticket.provider().value())
        .bind("party", ticket.party().value())
        .bind("subject", ticket.subject())
        .bind("rollup", ticket.rollupId())
        .bind("version", ticket.dataVersion())
        .bind("parameters", ticket.parameters().label())
        .bind("cells", ticket.cells())
        .bind("width", ticket.width())
        .bind("bits", ticket.cellBits())
        .bind("shares", ticket.shares())
        .bind("root", ticket.root())
        .bind("decision", ticket.decisionLeaf().value())
        .bind("rule", ticket.rule())
        .bind("bundle", ticket.bundle())
        .bind("limits", HeLimits.write(ticket.limits()))
        .bind("created", ticket.createdAt().atOffset(ZoneOffset.UTC))
        .bind("expires", ticket.expires().atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public Optional<HeTicket> find(Handle handle, UUID id) {
    return handle
        .createQuery(
            """
            select id, kind, contract_id, product_id, provider, party, subject, rollup_id, data_version,
              parameter_set, cells, width, cell_bits, shares, root, decision_leaf, rule, bundle, limits,
              created_at, expires_at, status, asked_at, release_leaf, problem
            from query.he_tickets where id = :id
            """)
        .bind("id", id)
        .map((row, context) -> ticket(row))
        .findOne();
  }

  @Override
  public long storedBytes(Handle handle, CreditCode party) {
    handle
        .createQuery("select 1 from pg_advisory_xact_lock(hashtext('he-ask ' || :party))")
        .bind("party", party.value())
        .mapTo(Integer.class)
        .one();
    return handle
        .createQuery(
            """
            select coalesce(sum(stored_bytes), 0) from query.he_tickets
            where party = :party and stored_bytes > 0
            """)
        .bind("party", party.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public long asked(Handle handle, CreditCode party, String keyId, Optional<String> switchingKeys) {
    return handle
        .createQuery(
            """
            select count(*) from query.he_tickets
            where party = :party and (key_id = :key or switching_keys = :switching)
            """)
        .bind("party", party.value())
        .bind("key", keyId)
        .bind("switching", switchingKeys)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean ask(
      Handle handle,
      UUID id,
      String keyId,
      String sha256,
      byte[] question,
      Optional<String> switchingKeys,
      Instant at) {
    uses.accept(handle, id, at);
    return handle
            .createUpdate(
                """
                update query.he_tickets set status = 'ASKED', key_id = :key,
                  question_sha256 = :sha256, question = :question,
                  stored_bytes = :bytes, switching_keys = :switching,
                  asked_at = :at
                where id = :id and status = 'OPEN' and expires_at > :at
                """)
            .bind("id", id)
            .bind("key", keyId)
            .bind("sha256", sha256)
            .bind("question", question)
            .bind("bytes", question.length)
            .bind("switching", switchingKeys)
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  @Override
  public boolean begin(Handle handle, UUID id) {
    return handle
            .createUpdate(
                "update query.he_tickets set status = 'RUNNING' where id = :id and status = 'ASKED'")
            .bind("id", id)
            .execute()
        == 1;
  }

  @Override
  public Optional<byte[]> question(Handle handle, UUID id) {
    return handle
        .createQuery("select question from query.he_tickets where id = :id")
        .bind("id", id)
        .mapTo(byte[].class)
        .findOne();
  }

  @Override
  public String questionSha256(Handle handle, UUID id) {
    return handle
        .createQuery("select question_sha256 from query.he_tickets where id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .one();
  }

  @Override
  public Optional<String> switchingKeys(Handle handle, UUID id) {
    return handle
        .createQuery(
            "select switching_keys from query.he_tickets where id = :id and switching_keys is not null")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public boolean done(
      Handle handle,
      UUID id,
      byte[] reply,
      String resultSha256,
      LeafId release,
      long fen,
      Instant at) {
    uses.end(handle, id, new UseStore.End(UseStatus.DONE, Optional.empty(), 0, fen, release, at));
    boolean done =
        handle
                .createUpdate(
                    """
                    update query.he_tickets set status = 'DONE', reply = :reply,
                      stored_bytes = stored_bytes + :bytes,
                      result_sha256 = :sha256, release_leaf = :leaf, ended_at = :at
                    where id = :id and status = 'RUNNING'
                    """)
                .bind("id", id)
                .bind("reply", reply)
                .bind("bytes", reply.length)
                .bind("sha256", resultSha256)
                .bind("leaf", release.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute()
            == 1;
    forgetShares(handle, id);
    return done;
  }

  @Override
  public boolean fail(Handle handle, UUID id, String problem, LeafId leaf, Instant at) {
    boolean failed =
        handle
                .createUpdate(
                    """
                    update query.he_tickets set status = 'FAILED', problem = :problem,
                      release_leaf = :leaf, ended_at = :at
                    where id = :id and status in ('ASKED', 'RUNNING')
                    """)
                .bind("id", id)
                .bind("problem", problem)
                .bind("leaf", leaf.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute()
            == 1;
    if (failed) {
      uses.end(
          handle, id, new UseStore.End(UseStatus.FAILED, Optional.of(problem), 0, 0, leaf, at));
    }
    forgetShares(handle, id);
    return failed;
  }

  /**
   * What shares came to is of no use once the question has ended. After its row is locked: a share
   * that another worker begins meanwhile is there by then, and none begins later.
   */
  private static void forgetShares(Handle handle, UUID id) {
    handle
        .createUpdate("delete from query.he_shares where ticket_id = :id")
        .bind("id", id)
        .execute();
  }

  @Override
  public Optional<Instant> endedAt(Handle handle, UUID id) {
    return handle
        .createQuery("select ended_at from query.he_tickets where id = :id")
        .bind("id", id)
        .map((row, context) -> instant(row, "ended_at"))
        .one();
  }

  @Override
  public Optional<byte[]> reply(Handle handle, UUID id) {
    return handle
        .createQuery("select reply from query.he_tickets where id = :id and status = 'DONE'")
        .bind("id", id)
        .mapTo(byte[].class)
        .findOne();
  }

  private static HeTicket ticket(ResultSet row) throws SQLException {
    return new HeTicket(
        row.getObject("id", UUID.class),
        QuestionKind.valueOf(row.getString("kind")),
        new ContractId(row.getObject("contract_id", UUID.class)),
        new ProductId(row.getObject("product_id", UUID.class)),
        CreditCode.of(row.getString("provider")),
        CreditCode.of(row.getString("party")),
        row.getString("subject"),
        row.getString("rollup_id"),
        row.getLong("data_version"),
        HeParameters.named(row.getString("parameter_set")).orElseThrow(),
        row.getInt("cells"),
        row.getInt("width"),
        row.getInt("cell_bits"),
        row.getInt("shares"),
        row.getString("root"),
        new LeafId(row.getObject("decision_leaf", UUID.class)),
        row.getString("rule"),
        row.getString("bundle"),
        HeLimits.read(row.getString("limits")),
        instant(row, "created_at").orElseThrow(),
        instant(row, "expires_at").orElseThrow(),
        HeTicket.Status.valueOf(row.getString("status")),
        instant(row, "asked_at"),
        Optional.ofNullable(row.getObject("release_leaf", UUID.class)).map(LeafId::new),
        Optional.ofNullable(row.getString("problem")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
