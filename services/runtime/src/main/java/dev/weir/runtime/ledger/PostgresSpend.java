package dev.weir.runtime.ledger;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.evidence.EvidenceLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A spend: first everything that can refuse, under the account's lock and without a write; then the
 * writes, each with its own condition, so that a mistake in the first part still could not
 * overspend. Four statements from lock to commit: lock, look, write, leaves.
 */
final class PostgresSpend {
  private static final int MAX_ANSWER_CHARS = 16 << 20;

  private final PostgresAnswers answers;
  private final EvidenceLog evidence;
  private final InstantSource clock;

  PostgresSpend(PostgresAnswers answers, EvidenceLog evidence, InstantSource clock) {
    this.answers = answers;
    this.evidence = evidence;
    this.clock = clock;
  }

  Spend spend(Handle handle, SpendRequest request) {
    if (request.answer().length() > MAX_ANSWER_CHARS) {
      throw new IllegalArgumentException(
          "an answer has at most " + MAX_ANSWER_CHARS + " characters");
    }
    var account = Account.lock(handle, request.contractId());
    if (!account.consumer().equals(request.party())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "The contract has no account.");
    }
    Instant now = clock.instant();
    var stopped = stopped(account, request, now);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    var funds = PostgresFunds.find(handle, request);
    if (funds.answered().isPresent()) {
      return replay(handle, request, funds.answered().get());
    }
    var used = PostgresCalls.used(handle, request);
    return used.stream()
        .flatMap(limit -> limit.refusal(now).stream())
        .findFirst()
        .or(() -> funds.refusal(request.payable()))
        .orElseGet(() -> charge(handle, account, request, used, now));
  }

  private static Optional<Spend> stopped(Account account, SpendRequest request, Instant now) {
    if (!account.standing().isOpen(now)) {
      return Optional.of(new Spend.Closed());
    }
    return request.products().stream()
        .filter(account.standing().stoppedProducts()::contains)
        .findFirst()
        .map(Spend.ProductStopped::new);
  }

  private Spend replay(Handle handle, SpendRequest request, QueryId answered) {
    var kept = answers.findByRequest(handle, answered).orElseThrow();
    if (!kept.contractId().equals(request.contractId())
        || !kept.answer().canonicalSha256().equals(request.canonicalSha256())) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The request id was used for another query.");
    }
    return new Spend.Replayed(kept.answer());
  }

  private Spend charge(
      Handle handle,
      Account account,
      SpendRequest request,
      List<PostgresCalls.Used> used,
      Instant now) {
    var booking = PostgresBooking.of(request, account, used, now);
    var spendLeaf = SpendLeaves.spend(booking);
    var meterLeaf = SpendLeaves.meter(booking, account);
    booking.write(handle, spendLeaf.id(), meterLeaf.id());
    answers.storeCohorts(handle, request);
    evidence.appendAll(handle, List.of(spendLeaf, meterLeaf), account.parties());
    return new Spend.Spent(booking.fen(), spendLeaf.id(), meterLeaf.id());
  }
}
