package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProductId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Stops in the accounts that rest on what is stopped. Accounts are locked in the order of their
 * contracts' ids; each waits for the spend that holds it, so none commits after the stop.
 */
final class PostgresHalts {
  private final InstantSource clock;

  PostgresHalts(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns how many accounts were touched. */
  int apply(Handle handle, Halt halt) {
    return switch (halt) {
      case Halt.ProductOfContract one ->
          stopProducts(
              handle,
              "contract_id = :contract and :id = any (products)",
              "product = :id",
              Map.of("contract", one.contractId().value(), "id", one.productId().value()));
      case Halt.Product product ->
          stopProducts(
              handle,
              ":id = any (products)",
              "product = :id",
              Map.of("id", product.productId().value()));
      case Halt.Resource resource ->
          stopProducts(
              handle,
              ":id = any (resources)",
              "resource = :id",
              Map.of("id", resource.resourceId().value()));
      case Halt.Domain domain ->
          halt(handle, "domain_id = :id", Map.of("id", domain.domainId().value()));
      case Halt.Participant party ->
          halt(
              handle,
              "(operator = :id or :id = any (parties))",
              Map.of("id", party.creditCode().value()));
    };
  }

  private static int stopProducts(
      Handle handle, String accounts, String products, Map<String, ?> bindings) {
    return handle
        .createUpdate(
            """
            with resting as materialized (
              select contract_id from ledger.accounts where closed_at is null and %s
              order by contract_id for no key update)
            update ledger.accounts a
            set stopped_products = a.stopped_products || array(
              select product from unnest(a.products, a.resources) as offered (product, resource)
              where %s and product <> all (a.stopped_products))
            from resting where a.contract_id = resting.contract_id
            """
                .formatted(accounts, products))
        .bindMap(bindings)
        .execute();
  }

  private int halt(Handle handle, String accounts, Map<String, ?> bindings) {
    return handle
        .createUpdate(
            """
            with resting as materialized (
              select contract_id from ledger.accounts
              where closed_at is null and halted_at is null and %s
              order by contract_id for no key update)
            update ledger.accounts a set halted_at = :at
            from resting where a.contract_id = resting.contract_id
            """
                .formatted(accounts))
        .bindMap(bindings)
        .bind("at", clock.instant())
        .execute();
  }

  static Map<ContractId, Standing> standings(Handle handle, Collection<ContractId> contracts) {
    return handle
        .createQuery(
            """
            select contract_id, closed_at, halted_at, usable_until, stopped_products
            from ledger.accounts where contract_id = any (:contracts)
            """)
        .bindArray("contracts", UUID.class, contracts.stream().map(ContractId::value).toList())
        .map((row, context) ->
            Map.entry(new ContractId(row.getObject("contract_id", UUID.class)), standing(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getObject("closed_at") == null && row.getObject("halted_at") == null,
        row.getObject("usable_until", OffsetDateTime.class).toInstant(),
        Uuids.read(row, "stopped_products").stream()
            .map(ProductId::new)
            .collect(Collectors.toUnmodifiableSet()));
  }
}
