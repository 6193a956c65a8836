package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reports that libprio-rs makes while the test runs: they verify here, and the sums are those of
 * its measurements. Runs where {@code ./weir bench prio3} has built the peer.
 */
class LibprioReportsTest {
  private static final Path PEER =
      Path.of(
          System.getProperty("weir.root", "absent"), ".weir/cache/prio3-peer/release/prio3-peer");
  private static final int REPORTS = 40;

  @ParameterizedTest
  @ValueSource(strings = {"count", "sum255", "histogram256x16", "sumvec1000x1x32"})
  void freshReports_verifyAndAddUp(String kind) throws Exception {
    assumeTrue(Files.isExecutable(PEER), "no libprio-rs here: ./weir bench prio3 builds it");
    var reports = reports(kind);
    var prio3 = Prio3.of(instance(kind), Vectors.hex(reports.getFirst().get("ctx")));
    var leader = prio3.aggregation();
    var helper = prio3.aggregation();
    var expected = new long[prio3.outputLength()];

    for (JsonNode report : reports) {
      var parties = new PingPong(prio3, VerifyKey.of(Vectors.hex(report.get("verify_key"))));
      var nonce = Nonce.of(Vectors.hex(report.get("nonce")));
      var shared = PublicShare.of(Vectors.hex(report.get("public_share")));
      var started =
          (PingPongOutcome.Started)
              parties.start(nonce, shared, InputShare.of(Vectors.hex(report.get("leader"))));
      var answered =
          (PingPongOutcome.FinishedWithOutbound)
              parties.answer(
                  nonce,
                  shared,
                  InputShare.of(Vectors.hex(report.get("helper"))),
                  started.outbound().bytes());
      var ended =
          (PingPongOutcome.Finished)
              parties.end(started.verification(), answered.outbound().bytes());
      leader.add(ended.outputShare());
      helper.add(answered.outputShare());
      add(kind, report.get("measurement").asText(), expected);
    }

    assertThat(reports).hasSize(REPORTS);
    assertThat(prio3.unshard(List.of(leader.share(), helper.share())))
        .isEqualTo(integers(expected));
  }

  private static List<BigInteger> integers(long[] values) {
    var integers = new ArrayList<BigInteger>();
    for (long value : values) {
      integers.add(BigInteger.valueOf(value));
    }
    return integers;
  }

  private static Prio3Instance instance(String kind) {
    return switch (kind) {
      case "count" -> new Prio3Instance.Count();
      case "sum255" -> new Prio3Instance.Sum(255);
      case "histogram256x16" -> new Prio3Instance.Histogram(256, 16);
      default -> new Prio3Instance.SumVec(1_000, 1, 32);
    };
  }

  private static void add(String kind, String measurement, long[] sums) {
    switch (kind) {
      case "count" -> sums[0] += measurement.equals("true") ? 1 : 0;
      case "sum255" -> sums[0] += Long.parseLong(measurement);
      case "histogram256x16" -> sums[Integer.parseInt(measurement)]++;
      default -> {
        var elements = measurement.replaceAll("[\\[\\] ]", "").split(",", -1);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += Long.parseLong(elements[i]);
        }
      }
    }
  }

  private static List<JsonNode> reports(String kind) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(PEER.toString(), "shard", kind, Integer.toString(REPORTS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var reports = new ArrayList<JsonNode>();
    try (var out = process.inputReader()) {
      for (String line : out.lines().toList()) {
        reports.add(new ObjectMapper().readTree(line));
      }
    }
    assertThat(process.waitFor()).isZero();
    return reports;
  }
}
