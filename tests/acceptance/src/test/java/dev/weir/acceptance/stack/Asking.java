package dev.weir.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.ApiClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks questions as a builder's analyst and waits for what becomes of them. Immutable. */
public record Asking(ApiClient analyst, ContractId contract) {
  public static final Account ANALYST =
      Account.of("builder-analyst", ControlPlane.BUILDER, Role.CONSUMER);
  public static final Account RIVAL =
      Account.of("rival-analyst", ControlPlane.RIVAL, Role.CONSUMER);

  public static Asking under(EmbeddedServices services, ContractTerms terms) {
    return new Asking(services.query().as(ANALYST), terms.id());
  }

  /**
   * Sends a question; asks again while the service has not heard of the contract, or not caught up.
   */
  public Answer submit(String sql, Map<String, ?> more) {
    var body = new LinkedHashMap<String, Object>();
    body.put("contractId", contract);
    body.put("purpose", ControlPlane.PURPOSE);
    body.put("sql", sql);
    body.put("dryRun", false);
    body.putAll(more);
    return Records.await(
        () -> analyst.post("/v1/queries", body),
        answer -> answer.status() != 404 && answer.status() != 503);
  }

  /** The query once it has ended. */
  public JsonNode ask(String sql, Map<String, ?> more) {
    var sent = submit(sql, more);
    assertThat(sent.status()).as(sent.body()).isBetween(200, 202);
    return ended(sent.json());
  }

  public JsonNode ask(String sql) {
    return ask(sql, Map.of());
  }

  public JsonNode ended(JsonNode view) {
    String id = view.path("id").asText();
    return view.path("status").asText().matches("ACCEPTED|RUNNING")
        ? Records.await(
            () -> analyst.get("/v1/queries/" + id).json(),
            now -> !now.path("status").asText().matches("ACCEPTED|RUNNING"))
        : view;
  }

  /** The rule of a refusal; empty when there is none. */
  public static String rule(JsonNode view) {
    return view.path("refusal").path("reasons").path(0).path("rule").asText("");
  }

  public static String problem(JsonNode view) {
    return view.path("refusal").path("problem").asText("");
  }
}
