package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.demo.Dataset.Decided;
import dev.weir.runtime.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What makes contributions a product under a contract, by the same steps as any other data. */
final class AggregationOffer {
  static final long ALLOTTED_NANO_RHO = 200_000_000L;
  private static final int MAX_USES = 20;
  private static final int ATTEMPTS = 120;
  private static final long PAUSE_MILLIS = 250;

  private final Stage stage;
  private final Stays stays;

  AggregationOffer(Stage stage, Stays stays) {
    this.stage = stage;
    this.stays = stays;
  }

  /** Registers, authorises, caps and lists. No record of it ever enters the domain. */
  Item product() throws Exception {
    var item = new Item(dataset());
    item.profile(
        Json.mapper()
            .readTree(
                """
                {"columns": [{"name": "bucket", "type": "INTEGER", "scale": 0, "nulls": 0}]}
                """));
    item.decide();
    var officer = stage.as("department-officer");
    JsonNode resource =
        stage
            .story()
            .step(
                "register",
                say(
                    "登记：诊所贡献，原始记录不入域",
                    "registered: contributions, whose records stay at the clinics"),
                () ->
                    officer.post(
                        "space", "/v1/resources", ResourcesAct.draft(item, item.fields(), true)));
    item.registered(resource.path("id").asText(), resource.path("lineageId").asText());
    officer.post(
        "space",
        "/v1/domains/" + stage.domain() + "/resources",
        Map.of("resourceId", item.resource()));
    ResourcesAct.cap(stage, item);
    ProductsAct.publish(stage, item);
    return item;
  }

  /** Both parties sign. */
  String contract(Item item) throws Exception {
    var draft =
        ContractDrafts.of(stage, "aggregation", List.of(item), ALLOTTED_NANO_RHO, MAX_USES, 100);
    String id =
        stage
            .story()
            .step(
                "contract",
                say("收集合约：ρ=0.2", "a contract on collections: ρ=0.2"),
                () ->
                    stage
                        .as("builder-analyst")
                        .post("space", "/v1/contracts", draft)
                        .path("id")
                        .asText());
    stage
        .as("department-officer")
        .post("space", "/v1/contracts/" + id + "/acceptance", Map.of("round", 1));
    ContractAct.sign(stage, id, "builder", "builder-analyst");
    ContractAct.sign(stage, id, "department", "department-officer");
    return id;
  }

  /** At each aggregator by its own operator; the leader takes reports once the helper has it. */
  boolean setUp(TaskDocument task) throws InterruptedException {
    setUp(stage.as("helper-officer"), "helper", task);
    setUp(stage.as("operator-officer"), "leader", task);
    return true;
  }

  /** Again while the word of the contract is on its way. */
  private static void setUp(WeirClient operator, String aggregator, TaskDocument task)
      throws InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        operator.post(aggregator, "/v1/aggregation-tasks", task);
        return;
      } catch (ApiProblem problem) {
        if (!List.of("contract-ended", "unavailable").contains(problem.slug())) {
          throw problem;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    throw new IllegalStateException(aggregator + " never heard of the contract");
  }

  private Dataset dataset() {
    var nowhere = Path.of("contributions");
    return new Dataset(
        "contributions",
        nowhere,
        nowhere,
        stays.what(),
        say("十家诊所以份额形式贡献，任何一方都看不到单条记录。", "Ten clinics contribute shares; no party sees a record."),
        "health",
        stays.synthetic(),
        false,
        Map.of(),
        List.of(),
        profile ->
            Decided.records(
                Field.of("bucket", "ORDINARY", 2, "bucket of the histogram")
                    .granted("PLAINTEXT_AFTER_AGGREGATE")
                    .bounded(Field.Bounds.declared(0, stays.buckets()))));
  }
}
