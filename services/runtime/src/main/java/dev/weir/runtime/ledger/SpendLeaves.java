package dev.weir.runtime.ledger;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The two leaves of a spend: what was taken from which budget, and what it costs. */
final class SpendLeaves {
  private SpendLeaves() {}

  static EvidenceRecord spend(PostgresBooking booking) {
    var request = booking.request();
    var figures = new TreeMap<String, String>();
    figures.put("canonicalSha256", request.canonicalSha256());
    figures.put("answerSha256", booking.answerSha256());
    request
        .dataVersions()
        .forEach((lineage, version) -> figures.put("version." + lineage, version.toString()));
    for (Charge charge : request.charges()) {
      figures.put("nanoRho." + charge.lineageId(), Long.toString(charge.nanoRho()));
      figures.put("picoDelta." + charge.lineageId(), Long.toString(charge.picoDelta()));
    }
    return leaf(EvidenceKind.SPEND, booking, figures);
  }

  /** {@code earlierCalls} orders the leaves of an account: a correction precedes the next call. */
  static EvidenceRecord meter(PostgresBooking booking, Account account) {
    boolean free = account.calls() < account.price().freeCalls();
    var figures = new TreeMap<String, String>();
    figures.put("products", booking.products());
    figures.put("earlierCalls", Long.toString(account.calls()));
    figures.put("calls", "1");
    figures.put("freeCalls", free ? "1" : "0");
    figures.put("nanoRho", Long.toString(booking.nanoRho()));
    figures.put("fen", Long.toString(booking.fen()));
    return leaf(EvidenceKind.METER, booking, figures);
  }

  private static EvidenceRecord leaf(
      EvidenceKind kind, PostgresBooking booking, SortedMap<String, String> figures) {
    var request = booking.request();
    return new EvidenceRecord(
        EvidenceRecord.VERSION,
        LeafId.random(),
        kind,
        booking.at(),
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
