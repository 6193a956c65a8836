package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.contract.Allotment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Contracts' accounts and what was carved for them. */
final class PostgresAccounts {
  private final InstantSource clock;

  PostgresAccounts(InstantSource clock) {
    this.clock = clock;
  }

  int open(Handle handle, ContractAccount account) {
    insert(handle, account);
    account.allotments().stream()
        .sorted(Comparator.comparing(Allotment::lineageId, SpendRequest.LINEAGE_ORDER))
        .forEach(allotment -> carve(handle, account.contractId(), allotment));
    return account.allotments().size();
  }

  private void insert(Handle handle, ContractAccount account) {
    var offered = List.copyOf(account.scope().products().entrySet());
    int inserted =
        handle
            .createUpdate(
                """
                insert into ledger.accounts (contract_id, consumer, parties, per_call_fen,
                  per_rho_fen, free_calls, ceiling_fen, opened_at, operator, domain_id, products,
                  resources, usable_until)
                values (:id, :consumer, :parties, :perCall, :perRho, :free, :ceiling, :at,
                  :operator, :domain, :products, :resources, :until)
                on conflict (contract_id) do nothing
                """)
            .bind("id", account.contractId().value())
            .bind("consumer", account.consumer().value())
            .bindArray(
                "parties", String.class, account.parties().stream().map(CreditCode::value).toList())
            .bind("perCall", account.price().perCallFen())
            .bind("perRho", account.price().perRhoFen())
            .bind("free", account.price().freeCalls())
            .bind("ceiling", account.price().ceilingFen())
            .bind("at", clock.instant())
            .bind("operator", account.scope().operator().value())
            .bind("domain", account.scope().domainId().value())
            .bindArray(
                "products", UUID.class, offered.stream().map(one -> one.getKey().value()).toList())
            .bindArray(
                "resources",
                UUID.class,
                offered.stream().map(one -> one.getValue().value()).toList())
            .bind("until", account.scope().until())
            .execute();
    if (inserted == 0) {
      throw new ProblemException(ProblemType.CONFLICT, "The contract has an account already.");
    }
  }

  private static void carve(Handle handle, ContractId contract, Allotment allotment) {
    int carved =
        handle
            .createUpdate(
                """
                with carved as (
                  update ledger.lineages
                  set carved_nano_rho = carved_nano_rho + :rho,
                      carved_pico_delta = carved_pico_delta + :delta
                  where lineage_id = :lineage
                    and cap_nano_rho - carved_nano_rho >= :rho
                    and cap_pico_delta - carved_pico_delta >= :delta
                  returning lineage_id)
                insert into ledger.allotments
                  (contract_id, lineage_id, allotted_nano_rho, allotted_pico_delta)
                select :contract, lineage_id, :rho, :delta from carved
                """)
            .bind("contract", contract.value())
            .bind("lineage", allotment.lineageId().value())
            .bind("rho", allotment.nanoRho())
            .bind("delta", allotment.picoDelta())
            .execute();
    if (carved == 0) {
      throw new ProblemException(
          ProblemType.BUDGET_EXHAUSTED,
          "The lineage's budget does not cover the allotment.",
          java.util.Map.of("lineageId", allotment.lineageId().toString()));
    }
  }

  int close(Handle handle, ContractId contract) {
    int closed =
        handle
            .createUpdate(
                """
                update ledger.accounts set closed_at = :at
                where contract_id = :contract and closed_at is null
                """)
            .bind("contract", contract.value())
            .bind("at", clock.instant())
            .execute();
    if (closed > 0) {
      lineagesOf(handle, contract).forEach(lineage -> release(handle, contract, lineage));
    }
    return closed;
  }

  private static List<UUID> lineagesOf(Handle handle, ContractId contract) {
    return handle
        .createQuery(
            """
            select lineage_id from ledger.allotments where contract_id = :contract
            order by lineage_id::text
            """)
        .bind("contract", contract.value())
        .mapTo(UUID.class)
        .list();
  }

  private static void release(Handle handle, ContractId contract, UUID lineage) {
    // The account is locked, so what is unspent cannot change between the two updates.
    handle
        .createUpdate(
            """
            with unspent as materialized (
              select allotted_nano_rho - spent_nano_rho as rho,
                     allotted_pico_delta - spent_pico_delta as delta
              from ledger.allotments where contract_id = :contract and lineage_id = :lineage),
            shrunk as (
              update ledger.allotments
              set allotted_nano_rho = spent_nano_rho, allotted_pico_delta = spent_pico_delta
              where contract_id = :contract and lineage_id = :lineage)
            update ledger.lineages l
            set carved_nano_rho = l.carved_nano_rho - unspent.rho,
                carved_pico_delta = l.carved_pico_delta - unspent.delta
            from unspent where l.lineage_id = :lineage
            """)
        .bind("contract", contract.value())
        .bind("lineage", lineage)
        .execute();
  }

  AllotmentView allotment(Handle handle, ContractId contract, LineageId lineage) {
    return allotments(handle, contract).stream()
        .filter(allotment -> allotment.lineageId().equals(lineage))
        .findFirst()
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such allotment."));
  }

  List<AllotmentView> allotments(Handle handle, ContractId contract) {
    return handle
        .createQuery(
            """
            select * from ledger.allotments where contract_id = :contract order by lineage_id::text
            """)
        .bind("contract", contract.value())
        .map((row, context) -> view(contract, row))
        .list();
  }

  private static AllotmentView view(ContractId contract, ResultSet row) throws SQLException {
    return new AllotmentView(
        contract,
        new LineageId(row.getObject("lineage_id", UUID.class)),
        row.getLong("allotted_nano_rho"),
        row.getLong("spent_nano_rho"),
        row.getLong("allotted_pico_delta"),
        row.getLong("spent_pico_delta"));
  }
}
