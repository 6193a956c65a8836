package dev.weir.benchmarks.prio3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sharding and verification by both aggregators, ours and the peer's by turns; of several rounds
 * the best of each side counts, since what disturbs a round only ever slows it. Verification should
 * take at most 2.5 times as long as the peer's.
 */
public final class Prio3Benchmark implements Benchmark {
  /** What verification may take of the peer's time. */
  private static final double MOST = 2.5;

  private static final List<String> STEPS =
      List.of("shard_us", "leader_init_us", "helper_init_us", "finish_us");

  @Override
  public String name() {
    return "prio3";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    var peer = LibprioPeer.build(settings);
    double seconds = settings.quick() ? 0.05 : 0.25;
    int rounds = settings.pick(6, 12);
    var own = new LinkedHashMap<String, Double>();
    var theirs = new LinkedHashMap<String, Double>();
    for (int round = 0; round < rounds; round++) {
      for (Contest contest : Contest.ALL) {
        measure(contest, seconds, own);
      }
      if (peer.isPresent()) {
        for (JsonNode line : peer.get().bench(seconds)) {
          for (String step : STEPS) {
            best(theirs, line.get("instance").asText() + " " + step, line.get(step).asDouble());
          }
        }
      }
    }
    write(sheet, peer, own, theirs);
    if (peer.isPresent()) {
      for (Contest contest : Contest.ALL) {
        if (!contest.kind().isEmpty()) {
          PeerReports.check(peer.get(), contest, settings.pick(20, 500), sheet);
        }
      }
    }
    ArithmeticBench.run(settings, sheet);
    HpkeBench.run(settings, sheet);
  }

  private static void measure(Contest contest, double seconds, Map<String, Double> own)
      throws Exception {
    var times = new OwnTimes(contest);
    best(own, contest.name() + " shard_us", times.shardMicros(seconds));
    best(own, contest.name() + " leader_init_us", times.verifyMicros(0, seconds));
    best(own, contest.name() + " helper_init_us", times.verifyMicros(1, seconds));
    best(own, contest.name() + " finish_us", times.finishMicros(seconds));
  }

  private static void best(Map<String, Double> times, String what, double micros) {
    times.merge(what, micros, Math::min);
  }

  private static void write(
      Sheet sheet,
      Optional<LibprioPeer> peer,
      Map<String, Double> own,
      Map<String, Double> theirs) {
    String name =
        peer.isPresent() ? LibprioPeer.NAME : "none: libprio-rs needs cargo and peers/prio3-rs";
    own.forEach((what, micros) ->
        sheet.against(
            what.replace("_us", "").replace('_', ' '),
            micros,
            "µs",
            name,
            theirs.getOrDefault(what, 0.0)));
    theirs.forEach((what, micros) -> {
      if (what.endsWith("init_us")) {
        double share = own.getOrDefault(what, Double.POSITIVE_INFINITY) / micros;
        sheet.atMost(
            what.replace("_us", "").replace('_', ' ') + " of the peer's", share, "times", MOST);
      }
    });
  }
}
