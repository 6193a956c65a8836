package dev.weir.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.cli.demo.PublicDataset;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.embedded.EmbeddedCache;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three million real flights through the whole service; how fast is for {@code bench intake}. */
@ExtendWith(SharedServices.class)
class ThreeMillionTest {
  private static final int FLIGHTS = 3_000_000;
  private static final int DUPLICATE_ROWS = 191;

  @Test
  void flights_arriveExactlyOnce(EmbeddedServices services) throws Exception {
    // given
    Path file = PublicDataset.FLIGHTS.obtain(EmbeddedCache.path());
    var source = Records.profiled(services, BodyPublishers.ofFile(file), Map.of("timeZone", "UTC"));
    var profile =
        services.intake().as(Records.OFFICER).get("/v1/sources/" + source + "/profile").json();
    assertThat(profile.path("rows").asInt()).isEqualTo(FLIGHTS);
    var control = services.controlPlane();
    var resource = control.openResource(control.openDomain(), LineageId.random(), schema());
    // when
    var run = Records.sealed(services, resource, source, cleaning());
    // then
    assertThat(run.path("accepted").asInt()).isEqualTo(FLIGHTS);
    assertThat(run.path("rejected").asInt()).isZero();
    var quality =
        services
            .intake()
            .as(Records.OFFICER)
            .get("/v1/runs/" + run.path("id").asText() + "/quality")
            .json();
    assertThat(quality.path("duplicateRows").asInt()).isEqualTo(DUPLICATE_ROWS);
    long[] ids = ids(services, TopicCatalogue.records(resource));
    assertThat(ids).hasSize(FLIGHTS);
    Arrays.sort(ids);
    assertThat(IntStream.range(1, FLIGHTS).filter(i -> ids[i] == ids[i - 1]).count()).isZero();
  }

  /** The first 64 bits of each record's id: by chance two of them meet in one run of 4 million. */
  private static long[] ids(EmbeddedServices services, String topic) {
    var ids = new long[FLIGHTS + 1];
    int count = 0;
    try (var consumer = services.consumer()) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var message : consumer.poll(Duration.ofMillis(500))) {
          ids[Math.min(count, FLIGHTS)] =
              Long.parseUnsignedLong(message.key().substring(0, 16), 16);
          count++;
        }
      }
    }
    return Arrays.copyOf(ids, count);
  }

  private static List<Map<String, Object>> cleaning() {
    return List.of(
        Map.of("type", "range", "column", "distance", "min", "0", "action", "reject"),
        Map.of("type", "pattern", "column", "origin", "regex", "[A-Z]{3}", "action", "reject"));
  }

  private static RecordSchema schema() {
    return new RecordSchema(
        List.of(
            column("date", ColumnType.TIMESTAMP),
            column("delay", ColumnType.INTEGER),
            column("distance", ColumnType.INTEGER),
            column("origin", ColumnType.STRING),
            column("destination", ColumnType.STRING)));
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");
  }
}
