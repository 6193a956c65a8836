package dev.weir.runtime.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Counts calls for each rule. They are numbered without a gap, so the newest number is the count
 * and the call that many numbers back tells whether a window is full: two look-ups, however many
 * calls.
 */
final class PostgresCalls {
  private PostgresCalls() {}

  static Optional<Spend> refusal(Handle handle, SpendRequest request, Instant now) {
    for (CallLimit limit : request.limits()) {
      var refusal =
          switch (limit) {
            case CallLimit.InAll all -> inAll(handle, request, all);
            case CallLimit.Within within -> within(handle, request, within, now);
          };
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  static void count(Handle handle, SpendRequest request, Instant now) {
    request.limits().stream()
        .map(CallLimit::rule)
        .distinct()
        .forEach(rule -> insert(handle, request, rule, now));
  }

  private static void insert(Handle handle, SpendRequest request, String rule, Instant now) {
    handle
        .createUpdate(
            """
            insert into ledger.calls (contract_id, rule, ordinal, request_id, at)
            values (:contract, :rule, :ordinal, :request, :at)
            """)
        .bind("contract", request.contractId().value())
        .bind("rule", rule)
        .bind("ordinal", newest(handle, request, rule) + 1)
        .bind("request", request.requestId().value())
        .bind("at", now)
        .execute();
  }

  private static Optional<Spend> inAll(Handle handle, SpendRequest request, CallLimit.InAll limit) {
    return newest(handle, request, limit.rule()) < limit.maxCalls()
        ? Optional.empty()
        : Optional.of(new Spend.QuotaExhausted(limit.rule(), limit.maxCalls(), Optional.empty()));
  }

  private static Optional<Spend> within(
      Handle handle, SpendRequest request, CallLimit.Within limit, Instant now) {
    if (limit.maxCalls() == 0) {
      return Optional.of(new Spend.QuotaExhausted(limit.rule(), 0, Optional.empty()));
    }
    long blocking = newest(handle, request, limit.rule()) - limit.maxCalls() + 1;
    return timeOf(handle, request, limit.rule(), blocking)
        .map(at -> at.plus(limit.window()))
        .filter(again -> again.isAfter(now))
        .map(again -> new Spend.QuotaExhausted(limit.rule(), limit.maxCalls(), Optional.of(again)));
  }

  private static long newest(Handle handle, SpendRequest request, String rule) {
    return handle
        .createQuery(
            """
            select ordinal from ledger.calls where contract_id = :contract and rule = :rule
            order by ordinal desc limit 1
            """)
        .bind("contract", request.contractId().value())
        .bind("rule", rule)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private static Optional<Instant> timeOf(
      Handle handle, SpendRequest request, String rule, long ordinal) {
    return handle
        .createQuery(
            """
            select at from ledger.calls
            where contract_id = :contract and rule = :rule and ordinal = :ordinal
            """)
        .bind("contract", request.contractId().value())
        .bind("rule", rule)
        .bind("ordinal", ordinal)
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }
}
