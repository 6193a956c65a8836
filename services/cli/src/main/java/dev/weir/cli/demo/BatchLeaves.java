package dev.weir.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.WeirClient;
import dev.weir.runtime.json.Json;
import java.util.List;

/**
 * The leaves about one task's batches, as the auditor reads them.
 *
 * @param releases of a share, at most one by each aggregator
 * @param refusals of a batch
 */
record BatchLeaves(List<JsonNode> releases, List<JsonNode> refusals) {
  private static final int ATTEMPTS = 60;
  private static final long PAUSE_MILLIS = 500;
  private static final int AGGREGATORS = 2;

  /** Waits until both aggregators' leaves are in the log. */
  static BatchLeaves await(WeirClient auditor, String task) throws InterruptedException {
    var leaves = read(auditor, task);
    for (int i = 0; i < ATTEMPTS && leaves.releases.size() < AGGREGATORS; i++) {
      Thread.sleep(PAUSE_MILLIS);
      leaves = read(auditor, task);
    }
    return leaves;
  }

  private static BatchLeaves read(WeirClient auditor, String task) {
    var ours =
        auditor.list("audit", "/v1/log/entries?from=0").stream()
            .map(entry -> leaf(entry.path("leaf").asText()))
            .filter(leaf -> leaf.path("figures").path("taskId").asText().equals(task))
            .toList();
    return new BatchLeaves(of(ours, "RELEASE"), of(ours, "DECISION"));
  }

  /** True when both aggregators say that they released the same reports. */
  boolean agree(long reports) {
    return releases.size() == AGGREGATORS
        && releases.stream()
            .allMatch(leaf -> figure(leaf, "reports").equals(Long.toString(reports)))
        && releases.stream().map(leaf -> figure(leaf, "checksum")).distinct().count() == 1
        && releases.stream().map(leaf -> leaf.path("actor").asText()).distinct().count()
            == AGGREGATORS;
  }

  /** How many reports one aggregator or the other refused for a reason. */
  long refused(String reason) {
    return releases.stream()
        .mapToLong(leaf -> leaf.path("figures").path("refused." + reason).asLong())
        .sum();
  }

  /** True when both aggregators wrote down that a batch was refused under the rule. */
  boolean refusedBatch(String rule) {
    return refusals.stream()
            .filter(leaf -> leaf.path("rule").asText().equals(rule))
            .map(leaf -> leaf.path("actor").asText())
            .distinct()
            .count()
        == AGGREGATORS;
  }

  private static String figure(JsonNode leaf, String name) {
    return leaf.path("figures").path(name).asText();
  }

  private static List<JsonNode> of(List<JsonNode> leaves, String kind) {
    return leaves.stream().filter(leaf -> leaf.path("kind").asText().equals(kind)).toList();
  }

  private static JsonNode leaf(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a leaf is JSON", e);
    }
  }
}
