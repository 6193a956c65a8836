package dev.weir.runtime.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Counts calls for each rule. They are numbered without a gap, so the newest number is the count
 * and the call that many numbers back tells whether a window is full: two look-ups, however many
 * calls.
 */
final class PostgresCalls {
  private PostgresCalls() {}

  /**
   * How far a limit is used.
   *
   * @param newest number of the newest call of its rule, 0 before the first
   * @param blocking when the call was that has to leave the window before another fits in
   */
  record Used(CallLimit limit, long newest, Optional<Instant> blocking) {

    Optional<Spend> refusal(Instant now) {
      return switch (limit) {
        case CallLimit.InAll all ->
            all.maxCalls() > newest ? Optional.empty() : full(Optional.empty());
        case CallLimit.Within none when none.maxCalls() == 0 -> full(Optional.empty());
        case CallLimit.Within within ->
            blocking
                .map(at -> at.plus(within.window()))
                .filter(again -> again.isAfter(now))
                .flatMap(again -> full(Optional.of(again)));
      };
    }

    private Optional<Spend> full(Optional<Instant> again) {
      return Optional.of(new Spend.QuotaExhausted(limit.rule(), limit.maxCalls(), again));
    }
  }

  /** In the order of the request's limits. */
  static List<Used> used(Handle handle, SpendRequest request) {
    var limits = request.limits();
    if (limits.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            select position, coalesce(newest.ordinal, 0) as newest, blocking.at
            from unnest(:rules, :most) with ordinality as wanted (rule, most, position)
            left join lateral (
              select ordinal from ledger.calls c
              where c.contract_id = :contract and c.rule = wanted.rule
              order by ordinal desc limit 1) newest on true
            left join ledger.calls blocking
              on blocking.contract_id = :contract and blocking.rule = wanted.rule
              and blocking.ordinal = newest.ordinal - wanted.most + 1
            order by position
            """)
        .bind("contract", request.contractId().value())
        .bindArray("rules", String.class, limits.stream().map(CallLimit::rule).toList())
        .bindArray("most", Long.class, limits.stream().map(CallLimit::maxCalls).toList())
        .map((row, context) -> read(limits.get(row.getInt("position") - 1), row))
        .list();
  }

  private static Used read(CallLimit limit, ResultSet row) throws SQLException {
    return new Used(
        limit,
        row.getLong("newest"),
        Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
