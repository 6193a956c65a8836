package dev.weir.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SheetTest {
  private final ArrayList<Measure> measures = new ArrayList<>();
  private final Sheet sheet = new Sheet("test", measures::add);

  @Test
  void missedLimit_isAFigureAndNoFailure() {
    // when
    sheet.atLeast("rate", 100, "1/s", 400);
    sheet.atMost("wait", 3, "ms", 2);
    // then
    assertThat(measures).extracting(Measure::ratio).containsExactly(0.25, 1.5);
    assertThat(sheet.held()).isTrue();
  }

  @Test
  void whatMustHold_andDoesNot_failsForGood() {
    // when
    sheet.exactly("granted", 301, "spends", 300);
    sheet.exactly("leaves", 5, "leaves", 5);
    // then
    assertThat(sheet.held()).isFalse();
  }

  @Test
  void json_isOneLineWithExactlyThePromisedKeys() throws Exception {
    // given
    var bytes = new ByteArrayOutputStream();
    var report = new JsonReport(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    // when
    report.add(new Measure("core", "rate", 123.456, "1/s", "limit: at least", 0));
    // then
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text.strip().lines()).hasSize(1);
    var names = new ArrayList<String>();
    Json.mapper().readTree(text).fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly("bench", "measure", "value", "unit", "peer", "peerValue", "ratio");
    assertThat(Json.mapper().readTree(text).get("value").asDouble()).isEqualTo(123.5);
  }
}
