package dev.weir.space.contract;

import dev.weir.kernel.ContractId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Plane;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Contracts and where they stand. Stateless. */
public final class PostgresContractStore {

  void insert(Handle handle, Contract contract) {
    bind(
            handle.createUpdate(
                """
                insert into space.contracts
                  (id, version, parties, operator, domain_id, status, term_start, term_end, document)
                values
                  (:id, :version, :parties, :operator, :domain, :status, :start, :end, :document)
                """),
            contract)
        .execute();
  }

  /** Parties, operator and domain never change. */
  void update(Handle handle, Contract contract) {
    bind(
            handle.createUpdate(
                """
                update space.contracts
                set version = :version, status = :status, term_start = :start, term_end = :end,
                    document = :document
                where id = :id and parties = cast(:parties as text[]) and operator = :operator
                  and domain_id = :domain
                """),
            contract)
        .execute();
  }

  Optional<Contract> find(Handle handle, ContractId id) {
    return read(handle, "select document from space.contracts where id = :id", id);
  }

  /** One step at a time: whoever comes second sees what the first one did. */
  Contract lock(Handle handle, ContractId id) {
    return read(handle, "select document from space.contracts where id = :id for no key update", id)
        .or(() -> find(handle, id))
        .orElseThrow(Plane::notFound);
  }

  Optional<Contract> lockFree(Handle handle, ContractId id) {
    return read(
        handle,
        "select document from space.contracts where id = :id for no key update skip locked",
        id);
  }

  List<Cursor.Placed<Contract>> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.contracts
            where seq > :after order by seq limit :fetch
            """)
        .bind("after", Cursor.number(page))
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"), Documents.read(row.getString("document"), Contract.class)))
        .list();
  }

  /** Live contracts whose time, or whose domain, is over; and those whose time has begun. */
  List<ContractId> due(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select contracts.id from space.contracts
            join space.domains on domains.id = contracts.domain_id
            where contracts.status in ('SIGNED', 'IN_PERFORMANCE')
              and (contracts.term_end <= :now or domains.status = 'CLOSED'
                or (contracts.status = 'SIGNED' and contracts.term_start <= :now))
            limit 100
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> ContractId.of(row.getString("id")))
        .list();
  }

  boolean domainClosed(Handle handle, Contract contract) {
    return handle
        .createQuery("select status = 'CLOSED' from space.domains where id = :id")
        .bind("id", contract.domainId().value())
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  /** Live contracts, for rules that only the ledger can answer. */
  List<ContractId> live(Handle handle, ContractId after) {
    return handle
        .createQuery(
            """
            select id from space.contracts
            where status in ('SIGNED', 'IN_PERFORMANCE') and id > :after order by id limit 100
            """)
        .bind("after", after.value())
        .map((row, context) -> ContractId.of(row.getString("id")))
        .list();
  }

  void addSignature(Handle handle, ContractId id, Signature signature) {
    handle
        .createUpdate(
            """
            insert into space.contract_signatures
              (contract_id, party, key_id, signature, subject, at)
            values (:id, :party, :keyId, :signature, :subject, :at)
            """)
        .bind("id", id.value())
        .bind("party", signature.party().value())
        .bind("keyId", signature.keyId())
        .bind("signature", signature.signature())
        .bind("subject", signature.by().subject())
        .bind("at", signature.by().at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static Optional<Contract> read(Handle handle, String sql, ContractId id) {
    return handle
        .createQuery(sql)
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Contract.class));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Contract contract) {
    return statement
        .bind("id", contract.id().value())
        .bind("version", contract.version())
        .bindArray(
            "parties",
            String.class,
            contract.parties().stream().map(party -> party.creditCode().value()).toList())
        .bind("operator", contract.operator().value())
        .bind("domain", contract.domainId().value())
        .bind("status", contract.status().name())
        .bind("start", contract.term().from().atOffset(ZoneOffset.UTC))
        .bind("end", contract.term().to().atOffset(ZoneOffset.UTC))
        .bind("document", Documents.write(contract));
  }
}
