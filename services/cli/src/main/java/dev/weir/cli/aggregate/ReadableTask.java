package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.json.Json;
import java.time.Instant;

/** A task for people: what its configuration says stands beside the bytes that commit to it. */
final class ReadableTask {
  private ReadableTask() {}

  /**
   * @param view as an aggregator shows the task; not changed
   * @throws dev.weir.kernel.ProblemException when its configuration is none
   */
  static JsonNode of(JsonNode view) {
    var task =
        WireReader.whole(
            Base64Url.decode(view.path("configuration").asText()), TaskConfiguration::read);
    ObjectNode shown = Json.mapper().createObjectNode();
    shown.setAll((ObjectNode) view);
    shown
        .put("function", task.vdaf().toString())
        .put("batches", task.batchMode().name())
        .put("unitSeconds", task.timePrecisionSeconds())
        .put("minBatchReports", task.minBatchReports())
        .put("leaderAddress", task.leader())
        .put("helperAddress", task.helper());
    task.interval()
        .ifPresent(taken ->
            shown
                .put("takesFrom", instant(taken.start(), task.timePrecisionSeconds()))
                .put(
                    "takesUntil",
                    instant(taken.start() + taken.duration(), task.timePrecisionSeconds())));
    return shown;
  }

  private static String instant(long units, long precision) {
    return Instant.ofEpochSecond(units * precision).toString();
  }
}
