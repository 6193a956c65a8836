package dev.weir.aggregation;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a collector reads of a federated task's integers. */
class DecodedSumTest {
  /** Norm 1, four bits of fraction; noise of each aggregator of variance (2 · 16)² / (2 · 2). */
  private static RehearsalTask task(int records) {
    var terms = new VectorTerms(16, 4, records, 1);
    long max = terms.encoding(2).maxMeasurement();
    return aTask()
        .vectors(terms)
        .vdaf(new VdafConfiguration.SumVec(2, max, 2))
        .nanoRho(2_000_000_000)
        .make();
  }

  private static CollectedBatch batch(RehearsalTask rehearsal, long... sums) {
    return new CollectedBatch(
        rehearsal.task.id(),
        "00",
        4,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(3600),
        List.of(BigInteger.valueOf(sums[0]), BigInteger.valueOf(sums[1])),
        BigInteger.valueOf(44),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void sum_isInTheUnitsOfTheRecords_withItsNoise() {
    var rehearsal = task(3);
    // each of four reports has an offset of 3 · 16
    var decoded = batch(rehearsal, 192 + 40, 192 - 6).decodedBy(rehearsal.task.noise()).decoded();
    assertThat(decoded)
        .hasValueSatisfying(found -> {
          assertThat(found.sum()).containsExactly(2.5, -0.375);
          assertThat(found.meanPerRecord()).as("nobody knows how many there are").isEmpty();
          assertThat(found.standardDeviation()).isCloseTo(Math.sqrt(512) / 16, within(1e-12));
          assertThat(found.halfWidth95()).isBetween(1.9 * Math.sqrt(512) / 16, 3.0);
        });
  }

  @Test
  void mean_isToldWhereAReportIsARecord() {
    var rehearsal = task(1);
    var decoded = batch(rehearsal, 64 + 40, 64 - 6).decodedBy(rehearsal.task.noise()).decoded();
    assertThat(decoded.orElseThrow().meanPerRecord()).contains(List.of(0.625, -0.09375));
  }

  @Test
  void resultThatAnOlderVersionKept_isDecodedWhenItIsRead() throws IOException {
    var rehearsal = task(1);
    var json = (ObjectNode) Json.mapper().valueToTree(batch(rehearsal, 64, 64));
    json.remove("decoded");
    var kept = Json.mapper().treeToValue(json, CollectedBatch.class);
    assertThat(kept.decoded()).isEmpty();
    var decoded = kept.decodedBy(rehearsal.task.noise());
    assertThat(decoded.decoded().orElseThrow().sum()).containsExactly(0.0, 0.0);
    var again = Json.mapper().writeValueAsBytes(decoded);
    assertThat(Json.mapper().readValue(again, CollectedBatch.class)).isEqualTo(decoded);
  }

  @Test
  void taskThatEncodesNothing_hasNothingToDecode() {
    var rehearsal = aTask().make();
    assertThat(batch(rehearsal, 1, 2).decodedBy(rehearsal.task.noise()).decoded()).isEmpty();
  }
}
