package dev.weir.runtime.ledger;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** Lineages and their caps. */
final class PostgresLineages {
  private final InstantSource clock;

  PostgresLineages(InstantSource clock) {
    this.clock = clock;
  }

  int open(Handle handle, LineageId id, CreditCode provider, long capNanoRho, long capPicoDelta) {
    return handle
        .createUpdate(
            """
            insert into ledger.lineages (lineage_id, provider, cap_nano_rho, cap_pico_delta, opened_at)
            values (:id, :provider, :nanoRho, :picoDelta, :at)
            on conflict (lineage_id) do nothing
            """)
        .bind("id", id.value())
        .bind("provider", provider.value())
        .bind("nanoRho", capNanoRho)
        .bind("picoDelta", capPicoDelta)
        .bind("at", clock.instant())
        .execute();
  }

  int raise(Handle handle, LineageId id, CapRaise raise) {
    requireVisible(handle, id);
    int raised =
        handle
            .createUpdate(
                """
                with raised as (
                  update ledger.lineages set cap_nano_rho = :toRho, cap_pico_delta = :toDelta
                  where lineage_id = :id and cap_nano_rho = :fromRho and cap_pico_delta = :fromDelta
                  returning lineage_id)
                insert into ledger.cap_changes (lineage_id, from_nano_rho, to_nano_rho,
                  from_pico_delta, to_pico_delta, proposed_by, approved_by, at)
                select lineage_id, :fromRho, :toRho, :fromDelta, :toDelta, :proposer, :approver, :at
                from raised
                """)
            .bind("id", id.value())
            .bind("fromRho", raise.fromNanoRho())
            .bind("toRho", raise.toNanoRho())
            .bind("fromDelta", raise.fromPicoDelta())
            .bind("toDelta", raise.toPicoDelta())
            .bind("proposer", raise.proposedBy())
            .bind("approver", raise.approvedBy())
            .bind("at", clock.instant())
            .execute();
    if (raised == 0) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The cap was changed since the raise was proposed.");
    }
    return raised;
  }

  void requireVisible(Handle handle, LineageId id) {
    boolean visible =
        handle
            .createQuery("select exists (select from ledger.lineages where lineage_id = :id)")
            .bind("id", id.value())
            .mapTo(Boolean.class)
            .one();
    if (!visible) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no such lineage.");
    }
  }

  LineageView view(Handle handle, LineageId id) {
    return handle
        .createQuery(
            """
            select l.*, coalesce(sum(a.spent_nano_rho), 0)::bigint as spent_nano_rho,
                   coalesce(sum(a.spent_pico_delta), 0)::bigint as spent_pico_delta
            from ledger.lineages l left join ledger.allotments a using (lineage_id)
            where l.lineage_id = :id
            group by l.lineage_id
            """)
        .bind("id", id.value())
        .map((row, context) -> view(id, row))
        .one();
  }

  private static LineageView view(LineageId id, ResultSet row) throws SQLException {
    return new LineageView(
        id,
        row.getLong("cap_nano_rho"),
        row.getLong("carved_nano_rho"),
        row.getLong("spent_nano_rho"),
        row.getLong("cap_pico_delta"),
        row.getLong("carved_pico_delta"),
        row.getLong("spent_pico_delta"));
  }
}
