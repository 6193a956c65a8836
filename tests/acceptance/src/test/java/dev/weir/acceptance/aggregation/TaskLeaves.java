package dev.weir.acceptance.aggregation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.dap.id.TaskId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The leaves about one task's batches, as the auditor reads them. */
record TaskLeaves(List<JsonNode> all) {
  private static final Account AUDITOR = Account.of("auditor", Account.party(14), Role.AUDITOR);

  static TaskLeaves of(EmbeddedServices services, TaskId task) {
    var found = new ArrayList<JsonNode>();
    String cursor = "";
    do {
      var page =
          services
              .audit()
              .as(AUDITOR)
              .get("/v1/log/entries?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .json();
      for (JsonNode entry : page.path("items")) {
        JsonNode leaf = leaf(entry.path("leaf").asText());
        if (leaf.path("figures").path("taskId").asText().equals(task.toString())) {
          found.add(leaf);
        }
      }
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return new TaskLeaves(List.copyOf(found));
  }

  /** The rules by which an aggregator refused what was asked about the task's batches. */
  Set<String> refusals(String actor) {
    return rules(refusals().filter(leaf -> actor.equals(leaf.path("actor").asText())));
  }

  /** The same of the task itself: who is early, too, and comes before its contract. */
  Set<String> setUpRefusals(String actor) {
    return rules(of("DECISION", actor).stream().filter(TaskLeaves::isOfSetUp));
  }

  /** Whatever was refused about the task's batches. */
  Stream<JsonNode> refusals() {
    return all.stream()
        .filter(leaf -> leaf.path("kind").asText().equals("DECISION"))
        .filter(leaf -> !isOfSetUp(leaf));
  }

  private static boolean isOfSetUp(JsonNode leaf) {
    return leaf.path("operation").asText().equals(Operation.AGGREGATION_TASK_SET_UP.name());
  }

  private static Set<String> rules(Stream<JsonNode> leaves) {
    return leaves
        .map(leaf -> leaf.path("rule").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What an aggregator says of the batches that it released. */
  List<JsonNode> releases(String actor) {
    return of("RELEASE", actor).stream().map(leaf -> leaf.path("figures")).toList();
  }

  private List<JsonNode> of(String kind, String actor) {
    return all.stream()
        .filter(leaf -> leaf.path("kind").asText().equals(kind))
        .filter(leaf -> leaf.path("actor").asText().equals(actor))
        .toList();
  }

  private static JsonNode leaf(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a leaf is JSON", e);
    }
  }
}
