package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.command.QueryCommands;
import java.util.LinkedHashMap;

/** Asks questions as the model builder. Confined to the demo's thread. */
final class Asking {
  private static final int ATTEMPTS = 300;
  private static final long PAUSE_MILLIS = 1_000;

  private final WeirClient builder;

  Asking(Stage stage) {
    this.builder = stage.as("builder-analyst");
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
    return settled(request);
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

  /** Asks again while the newest records are still being copied into the query engine. */
  private JsonNode settled(LinkedHashMap<String, Object> request) throws InterruptedException {
    JsonNode query = once(request);
    for (int attempt = 0; attempt < ATTEMPTS && rule(query).equals("no-version"); attempt++) {
      Thread.sleep(PAUSE_MILLIS);
      query = once(request);
    }
    return query;
  }

  private JsonNode once(LinkedHashMap<String, Object> request) throws InterruptedException {
    return QueryCommands.await(builder, builder.post("query", "/v1/queries", request));
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
