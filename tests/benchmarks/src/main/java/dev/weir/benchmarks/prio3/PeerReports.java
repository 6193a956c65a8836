package dev.weir.benchmarks.prio3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.privacy.vdaf.InputShare;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.PingPong;
import dev.weir.privacy.vdaf.PingPongOutcome;
import dev.weir.privacy.vdaf.Prio3;
import dev.weir.privacy.vdaf.PublicShare;
import dev.weir.privacy.vdaf.VerifyKey;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;

/** Reports that the peer made just now: accepted here, and the same sum. */
final class PeerReports {
  private PeerReports() {}

  static void check(LibprioPeer peer, Contest contest, int count, Sheet sheet) throws Exception {
    var reports = peer.shard(contest.kind(), count);
    var first = reports.getFirst();
    var prio3 = Prio3.of(contest.instance(), hex(first, "ctx"));
    var parties = new PingPong(prio3, VerifyKey.of(hex(first, "verify_key")));
    var leader = prio3.aggregation();
    var helper = prio3.aggregation();
    int accepted = 0;
    var expected = BigInteger.ZERO;
    for (JsonNode report : reports) {
      var nonce = Nonce.of(hex(report, "nonce"));
      var shared = PublicShare.of(hex(report, "public_share"));
      var started = parties.start(nonce, shared, InputShare.of(hex(report, "leader")));
      if (started instanceof PingPongOutcome.Started(var state, var request)
          && parties.answer(nonce, shared, InputShare.of(hex(report, "helper")), request.bytes())
              instanceof PingPongOutcome.FinishedWithOutbound(var helperShare, var response)
          && parties.end(state, response.bytes())
              instanceof PingPongOutcome.Finished(var leaderShare)) {
        leader.add(leaderShare);
        helper.add(helperShare);
        accepted++;
      }
      expected = expected.add(checksum(contest, report.get("measurement").asText()));
    }
    var sums = prio3.unshard(List.of(leader.share(), helper.share()));
    sheet.exactly(contest.name() + " foreign reports", accepted, "accepted", count);
    sheet.exactly(
        contest.name() + " foreign sum, folded",
        fold(sums).doubleValue(),
        "units",
        expected.doubleValue());
  }

  /** Σ (i + 1) · sumᵢ: tells any exchange of elements apart, and is linear. */
  private static BigInteger fold(List<BigInteger> sums) {
    var folded = BigInteger.ZERO;
    for (int i = 0; i < sums.size(); i++) {
      folded = folded.add(sums.get(i).multiply(BigInteger.valueOf(i + 1)));
    }
    return folded;
  }

  private static BigInteger checksum(Contest contest, String measurement) {
    return switch (contest.kind()) {
      case "count" -> measurement.equals("true") ? BigInteger.ONE : BigInteger.ZERO;
      case "histogram256x16" -> new BigInteger(measurement).add(BigInteger.ONE);
      case "sum255" -> new BigInteger(measurement);
      default ->
          fold(
              List.of(measurement.replaceAll("[\\[\\] ]", "").split(",", -1)).stream()
                  .map(BigInteger::new)
                  .toList());
    };
  }

  private static byte[] hex(JsonNode report, String name) {
    return HexFormat.of().parseHex(report.get(name).asText());
  }
}
