package dev.weir.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes contract drafts. */
final class ContractDrafts {
  /** Ten questions with private group selection at the default δ. */
  private static final long PICO_DELTA = 100_000;

  private ContractDrafts() {}

  /**
   * @param nanoRho allotment of every dp product's lineage
   * @param maxUses how often the contract may be used
   */
  static Map<String, Object> of(
      Stage stage, String name, List<Item> items, long nanoRho, int maxUses, int perCallFen) {
    Instant from = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);
    var rules = new ArrayList<Object>();
    var allotments = new ArrayList<Object>();
    for (Item item : items) {
      rules.add(permission(stage, item, maxUses));
      if (!item.dataset().exact()) {
        allotments.add(
            Map.of("lineageId", item.lineage(), "nanoRho", nanoRho, "picoDelta", PICO_DELTA));
      }
    }
    var draft = new LinkedHashMap<String, Object>();
    draft.put("name", name);
    draft.put("summary", "");
    draft.put("signMode", "02");
    draft.put("suite", "gm");
    draft.put("term", Map.of("from", from, "to", from.plus(Duration.ofDays(90))));
    draft.put("domainId", stage.domain());
    draft.put("purpose", DomainAct.PURPOSE);
    draft.put("products", items.stream().map(Item::product).toList());
    draft.put("services", List.of());
    draft.put("rules", rules);
    draft.put("allotments", allotments);
    draft.put("price", price(perCallFen));
    draft.put("minGroup", ProductsAct.MIN_GROUP);
    return draft;
  }

  static Map<String, Object> price(int perCallFen) {
    return Map.of(
        "perCallFen", perCallFen, "perRhoFen", 50_000, "freeCalls", 1, "ceilingFen", 500_000);
  }

  private static Map<String, Object> permission(Stage stage, Item item, int maxUses) {
    return Map.of(
        "id", "compute-" + item.dataset().table(),
        "kind", "PERMISSION",
        "party", stage.code("builder"),
        "action", "compute",
        "target", item.product(),
        "constraints",
            List.of(
                constraint("count", "lteq", String.valueOf(maxUses), ""),
                constraint("expansionItem", "eq", DomainAct.PURPOSE, "purpose")),
        "duties", List.of(Map.of("action", "logRecordSend", "constraints", List.of())));
  }

  private static Map<String, Object> constraint(
      String name, String operator, String value, String item) {
    return Map.of("name", name, "operator", operator, "values", List.of(value), "item", item);
  }
}
