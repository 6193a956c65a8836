package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A product of cells over the flights, under a contract of its own: counted while the story goes
 * on, released once, and what the hidden questions are about.
 */
final class HiddenCells {
  static final String KEY = "origin";
  static final String MEASURE = "delay";
  private static final String FLIGHTS = "flights";
  private static final long NANO_RHO = 20_000_000L;
  private static final int MAX_USES = 50;
  private static final int PER_CALL_FEN = 100;

  private HiddenCells() {}

  /** Does nothing when the story is about somebody's own file. */
  static void offer(Stage stage) throws Exception {
    var flights = stage.items().get(FLIGHTS);
    if (flights == null) {
      return;
    }
    var cells = new Item(flights.dataset());
    cells.registered(flights.resource(), flights.lineage());
    stage
        .story()
        .step(
            "cells-product",
            say(
                "部门另上架一个按机场汇总的产品，单元每个数据版本加噪一次",
                "the department lists cells by airport, noised once per data version"),
            () -> {
              cells.product(listed(stage, flights));
              return cells;
            });
    var draft =
        ContractDrafts.of(stage, "hidden-sums", List.of(cells), NANO_RHO, MAX_USES, PER_CALL_FEN);
    String id =
        stage.as("builder-analyst").post("space", "/v1/contracts", draft).path("id").asText();
    stage
        .as("department-officer")
        .post("space", "/v1/contracts/" + id + "/acceptance", Map.of("round", 1));
    ContractAct.sign(stage, id, "builder", "builder-analyst");
    ContractAct.sign(stage, id, "department", "department-officer");
    stage.hidden(id, cells.product());
  }

  private static String listed(Stage stage, Item flights) {
    var draft = ProductsAct.draft(flights);
    draft.put("tableName", "flight_cells");
    draft.put("title", say("按机场汇总的航班", "Flights by airport"));
    draft.put(
        "rollup", Map.of("keys", List.of(KEY), "measures", List.of(MEASURE), "nanoRho", NANO_RHO));
    JsonNode made = stage.as("department-officer").post("space", "/v1/products", draft);
    String id = made.path("terms").path("id").asText(made.path("id").asText());
    String product = "/v1/products/" + id;
    stage.as("department-officer").post("space", product + "/submission");
    stage
        .as("operator-reviewer")
        .post("space", product + "/review", Map.of("approved", true, "reason", ""));
    stage.as("operator-registrar").post("space", product + "/code");
    stage.as("operator-officer").post("space", product + "/listing");
    return id;
  }
}
