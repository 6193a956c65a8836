package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.command.QueryCommands;
import java.util.LinkedHashMap;

/** Asks questions as the model builder. Confined to the demo's thread. */
final class Asking {
  private static final int ATTEMPTS = 300;

  private final WeirClient builder;
  private final Narrator narrator;

  Asking(Stage stage) {
    this.builder = stage.as("builder-analyst");
    this.narrator = stage.story().narrator();
  }

  JsonNode ask(String contract, String sql, long nanoRho, boolean dryRun)
      throws InterruptedException {
    return ask(contract, DomainAct.PURPOSE, sql, nanoRho, dryRun);
  }

  JsonNode ask(String contract, String purpose, String sql, long nanoRho, boolean dryRun)
      throws InterruptedException {
    var request = new LinkedHashMap<String, Object>();
    request.put("contractId", contract);
    request.put("purpose", purpose);
    request.put("sql", sql);
    if (nanoRho > 0) {
      request.put("nanoRho", nanoRho);
    }
    request.put("dryRun", dryRun);
    return QueryCommands.await(
        builder,
        builder.post("query", "/v1/queries", request),
        () -> narrator.note(QueryCommands.WAITING));
  }

  /** Asks once the word of the contract's end has come; dry runs tell, and cost nothing. */
  JsonNode askOnceEnded(String contract, String sql) throws InterruptedException {
    JsonNode dry = ask(contract, sql, 0, true);
    for (int attempt = 0; attempt < ATTEMPTS && !isEnded(dry); attempt++) {
      dry = ask(contract, sql, 0, true);
    }
    return ask(contract, sql, 0, false);
  }

  static boolean isEnded(JsonNode query) {
    return rule(query).equals("contract-not-in-force");
  }

  /** What is left of the contract's allotment for a lineage, in 10⁻⁹ of ρ. */
  long left(String contract, String lineage) {
    for (JsonNode one : builder.get("query", "/v1/contracts/" + contract + "/allotments")) {
      if (one.path("lineageId").asText().equals(lineage)) {
        return one.path("remainingNanoRho").asLong();
      }
    }
    return 0;
  }

  /** The stable id of the first rule that refused. */
  static String rule(JsonNode query) {
    return query.path("refusal").path("reasons").path(0).path("rule").asText();
  }
}
