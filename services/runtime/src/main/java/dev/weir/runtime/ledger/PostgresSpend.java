package dev.weir.runtime.ledger;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * A spend: first everything that can refuse, under the account's lock and without a write; then the
 * writes, each with its own condition, so that a mistake in the first part still could not
 * overspend.
 */
final class PostgresSpend {
  private static final int MAX_ANSWER_CHARS = 16 << 20;

  private final PostgresAnswers answers;
  private final PostgresReadings readings;
  private final EvidenceLog evidence;
  private final InstantSource clock;

  PostgresSpend(
      PostgresAnswers answers,
      PostgresReadings readings,
      EvidenceLog evidence,
      InstantSource clock) {
    this.answers = answers;
    this.readings = readings;
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
    if (account.closed()) {
      return new Spend.Closed();
    }
    Instant now = clock.instant();
    return replay(handle, request)
        .or(() -> PostgresCalls.refusal(handle, request, now))
        .or(() -> PostgresCharges.refusal(handle, request))
        .orElseGet(() -> charge(handle, account, request, now));
  }

  private Optional<Spend> replay(Handle handle, SpendRequest request) {
    var same = answers.findByRequest(handle, request.requestId());
    if (same.isPresent()) {
      var kept = same.get();
      if (!kept.contractId().equals(request.contractId())
          || !kept.answer().canonicalSha256().equals(request.canonicalSha256())) {
        throw new ProblemException(
            ProblemType.CONFLICT, "The request id was used for another query.");
      }
      return Optional.of(new Spend.Replayed(kept.answer()));
    }
    return answers
        .find(handle, request.contractId(), request.canonicalSha256(), request.dataVersions())
        .map(Spend.Replayed::new);
  }

  private Spend charge(Handle handle, Account account, SpendRequest request, Instant now) {
    String answerSha256 = Json.sha256Hex(request.answer().getBytes(StandardCharsets.UTF_8));
    answers.store(handle, request, answerSha256, now);
    LeafId leaf = evidence.append(handle, leaf(request, answerSha256, now), account.parties());
    PostgresCharges.take(handle, request, leaf, now);
    PostgresCalls.count(handle, request, now);
    var reading = readings.call(handle, account, request, now);
    return new Spend.Spent(reading.chargedFen(), leaf, reading.leaf());
  }

  private static EvidenceRecord leaf(SpendRequest request, String answerSha256, Instant now) {
    var figures = new TreeMap<String, String>();
    figures.put("canonicalSha256", request.canonicalSha256());
    figures.put("answerSha256", answerSha256);
    request
        .dataVersions()
        .forEach((lineage, version) -> figures.put("version." + lineage, version.toString()));
    for (Charge charge : request.charges()) {
      figures.put("nanoRho." + charge.lineageId(), Long.toString(charge.nanoRho()));
      figures.put("picoDelta." + charge.lineageId(), Long.toString(charge.picoDelta()));
    }
    return new EvidenceRecord(
        EvidenceRecord.VERSION,
        LeafId.random(),
        EvidenceKind.SPEND,
        now,
        request.party(),
        request.actor(),
        Operation.QUERY_RUN,
        request.requestId().toString(),
        Optional.of(request.contractId().toString()),
        Optional.empty(),
        Optional.empty(),
        request.bundle(),
        figures);
  }
}
