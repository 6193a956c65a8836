package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of every published Prio3 vector, byte for byte; what must fail fails at the
 * operation that the file names.
 */
class PublishedVectorsTest {

  @Test
  void vectors_areAllThere() throws IOException {
    var names = Vectors.names();
    assumeTrue(!names.isEmpty(), "the shared data is not here: set weir.data");
    assertThat(names).hasSize(14);
    assertThat(names.stream().filter(name -> name.contains("_bad_"))).hasSize(4);
  }

  @TestFactory
  Stream<DynamicTest> operations_giveWhatIsPublished() throws IOException {
    return Vectors.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> new Run(name).all()));
  }

  /** One file, its operations in order. */
  private static final class Run {
    private final JsonNode file;
    private final Prio3 prio3;
    private final Map<String, Verification> states = new HashMap<>();
    private int failed;

    Run(String name) throws IOException {
      this.file = Vectors.read(name);
      this.prio3 = Vectors.prio3(name, file);
    }

    void all() throws RejectedReportException {
      for (JsonNode operation : file.get("operations")) {
        if (operation.get("success").asBoolean()) {
          operation(operation);
        } else {
          assertThatThrownBy(() -> operation(operation))
              .isInstanceOf(RejectedReportException.class);
          failed++;
        }
      }
      boolean bad = file.get("reports").get(0).get("measurement").isNull();
      assertThat(failed).isEqualTo(bad ? 1 : 0);
    }

    private void operation(JsonNode operation) throws RejectedReportException {
      int aggregator = operation.path("aggregator_id").asInt();
      var report = file.get("reports").get(operation.path("report_index").asInt());
      var key = operation.path("report_index").asInt() + "/" + aggregator;
      switch (operation.get("operation").asText()) {
        case "shard" -> shard(report);
        case "verify_init" -> verify(report, aggregator, key);
        case "verifier_shares_to_message" -> combine(report);
        case "verify_next" -> finish(report, aggregator, key);
        case "aggregate" -> aggregate(aggregator);
        case "unshard" -> unshard();
        default -> throw new IllegalStateException(operation.toString());
      }
    }

    private void shard(JsonNode report) {
      var shares =
          prio3.shard(
              Vectors.measurement(report.get("measurement")),
              Nonce.of(Vectors.hex(report.get("nonce"))),
              Vectors.hex(report.get("rand")));
      assertThat(shares.publicShare().revealBytes())
          .isEqualTo(Vectors.hex(report.get("public_share")));
      for (int i = 0; i < report.get("input_shares").size(); i++) {
        assertThat(shares.inputShares().get(i).revealBytes())
            .isEqualTo(Vectors.hex(report.get("input_shares").get(i)));
      }
    }

    private void verify(JsonNode report, int aggregator, String key)
        throws RejectedReportException {
      var verification =
          prio3.verify(
              VerifyKey.of(Vectors.hex(file.get("verify_key"))),
              aggregator,
              Nonce.of(Vectors.hex(report.get("nonce"))),
              PublicShare.of(Vectors.hex(report.get("public_share"))),
              InputShare.of(Vectors.hex(report.get("input_shares").get(aggregator))));
      assertThat(verification.verifierShare().revealBytes())
          .isEqualTo(Vectors.hex(report.get("verifier_shares").get(0).get(aggregator)));
      states.put(key, verification);
    }

    private void combine(JsonNode report) throws RejectedReportException {
      var shares = new ArrayList<VerifierShare>();
      report
          .get("verifier_shares")
          .get(0)
          .forEach(share -> shares.add(VerifierShare.of(Vectors.hex(share))));
      var message = prio3.combine(shares);
      assertThat(message.revealBytes())
          .isEqualTo(Vectors.hex(report.get("verifier_messages").get(0)));
    }

    private void finish(JsonNode report, int aggregator, String key)
        throws RejectedReportException {
      var message = VerifierMessage.of(Vectors.hex(report.get("verifier_messages").get(0)));
      var output = prio3.finish(states.get(key), message);
      assertThat(output.revealBytes())
          .isEqualTo(Vectors.hex(report.get("out_shares").get(aggregator)));
    }

    private void aggregate(int aggregator) {
      var sum = prio3.aggregation();
      file.get("reports")
          .forEach(report ->
              sum.add(OutputShare.of(Vectors.hex(report.get("out_shares").get(aggregator)))));
      assertThat(sum.share().revealBytes())
          .isEqualTo(Vectors.hex(file.get("agg_shares").get(aggregator)));
    }

    private void unshard() {
      var shares = new ArrayList<AggregateShare>();
      file.get("agg_shares").forEach(share -> shares.add(AggregateShare.of(Vectors.hex(share))));
      assertThat(prio3.unshard(shares)).isEqualTo(integers(file.get("agg_result")));
    }

    private static List<BigInteger> integers(JsonNode result) {
      if (!result.isArray()) {
        return List.of(result.bigIntegerValue());
      }
      var values = new ArrayList<BigInteger>();
      result.forEach(value -> values.add(value.bigIntegerValue()));
      return values;
    }
  }
}
