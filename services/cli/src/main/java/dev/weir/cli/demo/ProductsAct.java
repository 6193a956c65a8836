package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.kernel.Bilingual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Products are drafted, reviewed, coded and listed, each step by different hands. */
final class ProductsAct implements Act {
  static final int MIN_GROUP = 20;

  @Override
  public String name() {
    return "products";
  }

  @Override
  public Bilingual title() {
    return say("产品：起草、审核、赋码、上架", "Products: drafted, reviewed, coded, listed");
  }

  @Override
  public void play(Stage stage) throws Exception {
    for (Item item : stage.items().values()) {
      publish(stage, item);
    }
  }

  static void publish(Stage stage, Item item) throws Exception {
    var story = stage.story();
    String table = item.dataset().table();
    JsonNode draft =
        story.step(
            "draft-" + table,
            say("起草 " + table, "drafted " + table),
            () -> stage.as("department-officer").post("space", "/v1/products", draft(item)));
    item.product(draft.path("terms").path("id").asText(draft.path("id").asText()));
    String product = "/v1/products/" + item.product();
    stage.as("department-officer").post("space", product + "/submission");
    story.step(
        "review-" + table,
        say("由运营机构审核员审核", "reviewed by the operating body's reviewer"),
        () ->
            stage
                .as("operator-reviewer")
                .post("space", product + "/review", Map.of("approved", true, "reason", "")));
    if (item.dataset().exact()) {
      story.check(
          "hands",
          say("审核者不能再赋码", "who reviewed cannot assign the code too"),
          isRefused(stage, product));
    }
    story.step(
        "code-" + table,
        say("由登记员赋码", "coded by the registrar"),
        () -> stage.as("operator-registrar").post("space", product + "/code"));
    JsonNode listed =
        story.step(
            "list-" + table,
            say("由运营负责人上架", "listed by the operating body's officer"),
            () -> stage.as("operator-officer").post("space", product + "/listing"));
    story.check(
        "listed-" + table,
        say("已上架，标识码不变", "listed under its code"),
        listed.path("status").asText().equals("LISTED") && listed.hasNonNull("code"),
        Map.of(
            "code", listed.path("code").asText(), "kind", item.dataset().exact() ? "exact" : "dp"));
  }

  private static boolean isRefused(Stage stage, String product) {
    try {
      stage.as("operator-reviewer").post("space", product + "/code");
      return false;
    } catch (dev.weir.cli.client.ApiProblem problem) {
      return problem.status() == 403 || problem.slug().equals("same-hands");
    }
  }

  static Map<String, Object> draft(Item item) {
    var dataset = item.dataset();
    var draft = new LinkedHashMap<String, Object>();
    draft.put("resourceId", item.resource());
    draft.put("kind", dataset.exact() ? "EXACT" : "DP");
    draft.put("tableName", dataset.table());
    draft.put("title", dataset.title());
    draft.put("description", dataset.description());
    draft.put("topic", dataset.topic());
    var columns = new ArrayList<Object>();
    for (Field field : item.fields()) {
      if (field.offered()) {
        columns.add(column(item, field));
      }
    }
    draft.put("columns", columns);
    item.personKey().ifPresent(key -> draft.put("contribution", contribution(key)));
    draft.put("minGroup", MIN_GROUP);
    draft.put("price", ContractDrafts.price(100));
    return draft;
  }

  private static Map<String, Object> contribution(PersonKey key) {
    return Map.of(
        "personKey", key.column(),
        "maxGroups", key.maxGroups(),
        "maxRowsPerGroup", key.maxRowsPerGroup());
  }

  private static Map<String, Object> column(Item item, Field field) {
    var column = ResourcesAct.column(item, field);
    field
        .treatedType()
        .ifPresent(type -> {
          column.put("type", type);
          column.put("scale", 0);
        });
    var offered = new LinkedHashMap<String, Object>();
    offered.put("column", column);
    offered.put(
        "grants",
        field.grants().isEmpty() ? List.of() : List.of(Map.of("constraints", field.grants())));
    field
        .bounds()
        .ifPresent(bounds ->
            offered.put(
                "bounds",
                Map.of(
                    "lower", bounds.lower(),
                    "upper", bounds.upper(),
                    "granule", bounds.granule(),
                    "dependsOnData", bounds.dependsOnData())));
    field
        .keys()
        .ifPresent(
            keys -> offered.put("keyDomain", Map.of("declared", !keys.isEmpty(), "values", keys)));
    offered.put("unique", field.unique());
    return offered;
  }
}
