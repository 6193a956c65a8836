package dev.weir.cli.aggregate;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.runtime.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ReadableTaskTest {
  @Test
  void whatTheConfigurationSays_isShownBesideIt() {
    // given
    var clock = InstantSource.fixed(Instant.parse("2026-11-20T10:30:00Z"));
    var task = aTask().vdaf(new VdafConfiguration.Histogram(12, 4)).clock(clock).make().task;
    var view =
        Json.mapper()
            .createObjectNode()
            .put("configuration", Base64Url.encode(task.configuration().encoded()));
    // when
    var shown = ReadableTask.of(view);
    // then
    assertThat(shown.path("configuration")).isEqualTo(view.path("configuration"));
    assertThat(shown.path("function").asText()).contains("Histogram", "12");
    assertThat(shown.path("batches").asText()).isEqualTo("TIME_INTERVAL");
    assertThat(shown.path("unitSeconds").asLong()).isEqualTo(3_600);
    assertThat(shown.path("minBatchReports").asLong()).isEqualTo(3);
    assertThat(shown.path("leaderAddress").asText()).isEqualTo("https://leader.example/dap/");
    assertThat(shown.path("takesFrom").asText()).isEqualTo("2026-11-19T10:00:00Z");
    assertThat(view.has("function")).isFalse();
  }
}
