package dev.weir.runtime.ledger;

import static java.util.stream.Collectors.joining;

import dev.weir.kernel.LeafId;
import dev.weir.runtime.json.JsonDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Everything a spend writes into the ledger, as one statement: the shorter the account stays
 * locked, the more spends a second. Immutable.
 *
 * @param answerSha256 of the answer, lower-case hex
 * @param nanoRho of all lineages together
 * @param fen added to the bill
 * @param calls number of the newest call by rule
 */
record PostgresBooking(
    SpendRequest request,
    String answerSha256,
    long nanoRho,
    long fen,
    List<PostgresCalls.Used> calls,
    Instant at) {

  static PostgresBooking of(
      SpendRequest request, Account account, List<PostgresCalls.Used> calls, Instant at) {
    long nanoRho = request.charges().stream().mapToLong(Charge::nanoRho).reduce(0, Math::addExact);
    return new PostgresBooking(
        request,
        JsonDigest.ofText(request.answer()),
        nanoRho,
        MeterPrice.charge(account.price(), account.calls(), account.chargedFen(), nanoRho),
        calls,
        at);
  }

  /** Ids of the products used, in order, separated by spaces. */
  String products() {
    return request.products().stream().map(Object::toString).collect(joining(" "));
  }

  void write(Handle handle, LeafId spendLeaf, LeafId meterLeaf) {
    var charges = request.payable();
    var ordinals = new LinkedHashMap<String, Long>();
    calls.forEach(used -> ordinals.put(used.limit().rule(), used.newest() + 1));
    int taken =
        handle
            .createQuery(
                """
                with answered as (
                  insert into ledger.answers (request_id, contract_id, canonical_sha256,
                    data_versions, answer, answer_sha256, at)
                  values (:request, :contract, :sha, :versions, :answer, :answerSha, :at)),
                taken as (
                  update ledger.allotments a
                  set spent_nano_rho = spent_nano_rho + charge.rho,
                      spent_pico_delta = spent_pico_delta + charge.delta
                  from unnest(:lineages, :rhos, :deltas) as charge (lineage, rho, delta)
                  where a.contract_id = :contract and a.lineage_id = charge.lineage
                    and a.allotted_nano_rho - a.spent_nano_rho >= charge.rho
                    and a.allotted_pico_delta - a.spent_pico_delta >= charge.delta
                  returning a.lineage_id, charge.rho, charge.delta),
                entered as (
                  insert into ledger.entries
                    (request_id, contract_id, lineage_id, nano_rho, pico_delta, leaf_id, at)
                  select :request, :contract, lineage_id, rho, delta, :spendLeaf, :at from taken),
                counted as (
                  insert into ledger.calls (contract_id, rule, ordinal, request_id, at)
                  select :contract, rule, ordinal, :request, :at
                  from unnest(:rules, :ordinals) as call (rule, ordinal)),
                billed as (
                  update ledger.accounts set calls = calls + 1, charged_fen = charged_fen + :fen
                  where contract_id = :contract),
                read as (
                  insert into ledger.readings (contract_id, request_id, kind, products, calls,
                    nano_rho, charged_fen, reason, leaf_id, at)
                  values (:contract, :request, 'CALL', :products, 1, :rho, :fen, '', :meterLeaf,
                    :at))
                select count(*) from taken
                """)
            .bind("request", request.requestId().value())
            .bind("contract", request.contractId().value())
            .bind("sha", request.canonicalSha256())
            .bind("versions", DataVersions.write(request.dataVersions()))
            .bind("answer", request.answer())
            .bind("answerSha", answerSha256)
            .bind("at", at)
            .bindArray(
                "lineages",
                UUID.class,
                charges.stream().map(charge -> charge.lineageId().value()).toList())
            .bindArray("rhos", Long.class, charges.stream().map(Charge::nanoRho).toList())
            .bindArray("deltas", Long.class, charges.stream().map(Charge::picoDelta).toList())
            .bindArray("rules", String.class, List.copyOf(ordinals.keySet()))
            .bindArray("ordinals", Long.class, List.copyOf(ordinals.values()))
            .bind("spendLeaf", spendLeaf.value())
            .bind("meterLeaf", meterLeaf.value())
            .bind("products", products())
            .bind("rho", nanoRho)
            .bind("fen", fen)
            .mapTo(Integer.class)
            .one();
    if (taken != charges.size()) {
      throw new IllegalStateException("the allotment changed under its lock");
    }
  }
}
