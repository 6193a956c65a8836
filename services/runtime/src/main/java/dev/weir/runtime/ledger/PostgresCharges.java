package dev.weir.runtime.ledger;

import dev.weir.kernel.LeafId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes charges from allotments, in the order of lineage ids. */
final class PostgresCharges {
  private PostgresCharges() {}

  static Optional<Spend> refusal(Handle handle, SpendRequest request) {
    for (Charge charge : payable(request)) {
      var left = remaining(handle, request, charge);
      if (left.remainingNanoRho() < charge.nanoRho()
          || left.remainingPicoDelta() < charge.picoDelta()) {
        return Optional.of(left);
      }
    }
    return Optional.empty();
  }

  private static Spend.Exhausted remaining(Handle handle, SpendRequest request, Charge charge) {
    return handle
        .createQuery(
            """
            select allotted_nano_rho - spent_nano_rho as rho,
                   allotted_pico_delta - spent_pico_delta as delta
            from ledger.allotments where contract_id = :contract and lineage_id = :lineage
            """)
        .bind("contract", request.contractId().value())
        .bind("lineage", charge.lineageId().value())
        .map((row, context) ->
            new Spend.Exhausted(charge.lineageId(), row.getLong("rho"), row.getLong("delta")))
        .findOne()
        .orElseGet(() -> new Spend.Exhausted(charge.lineageId(), 0, 0));
  }

  static void take(Handle handle, SpendRequest request, LeafId leaf, Instant now) {
    for (Charge charge : payable(request)) {
      int taken =
          handle
              .createUpdate(
                  """
                  with taken as (
                    update ledger.allotments
                    set spent_nano_rho = spent_nano_rho + :rho,
                        spent_pico_delta = spent_pico_delta + :delta
                    where contract_id = :contract and lineage_id = :lineage
                      and allotted_nano_rho - spent_nano_rho >= :rho
                      and allotted_pico_delta - spent_pico_delta >= :delta
                    returning contract_id, lineage_id)
                  insert into ledger.entries
                    (request_id, contract_id, lineage_id, nano_rho, pico_delta, leaf_id, at)
                  select :request, contract_id, lineage_id, :rho, :delta, :leaf, :at from taken
                  """)
              .bind("contract", request.contractId().value())
              .bind("lineage", charge.lineageId().value())
              .bind("rho", charge.nanoRho())
              .bind("delta", charge.picoDelta())
              .bind("request", request.requestId().value())
              .bind("leaf", leaf.value())
              .bind("at", now)
              .execute();
      if (taken != 1) {
        throw new IllegalStateException("the allotment changed under its lock");
      }
    }
  }

  private static List<Charge> payable(SpendRequest request) {
    return request.charges().stream()
        .filter(charge -> charge.nanoRho() > 0 || charge.picoDelta() > 0)
        .toList();
  }
}
