package dev.weir.cli.he;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.client.WeirClient;
import dev.weir.query.he.client.QuestionService;
import java.util.Map;
import java.util.UUID;

/** The query service as one account of a party reaches it. */
public record PartyQuestions(WeirClient client) implements QuestionService {
  private static final String TICKETS = "/v1/he/tickets";
  private static final String KEYS = "/v1/he/keys";

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose) {
    return client.post(
        "query",
        TICKETS,
        Map.of("contractId", contractId, "productId", productId, "purpose", purpose));
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose, String kind) {
    return client.post(
        "query",
        TICKETS,
        Map.of(
            "contractId", contractId,
            "productId", productId,
            "purpose", purpose,
            "kind", kind));
  }

  @Override
  public JsonNode ticketWithoutKeys(
      String contractId, String productId, String purpose, String rollupId) {
    return client.post(
        "query",
        TICKETS,
        Map.of(
            "contractId", contractId,
            "productId", productId,
            "purpose", purpose,
            "knownKeys", rollupId));
  }

  @Override
  public boolean holdsKeys(String sha256) {
    try {
      client.get("query", KEYS + "/" + sha256);
      return true;
    } catch (ApiProblem problem) {
      if (problem.slug().equals("not-found")) {
        return false;
      }
      throw problem;
    }
  }

  @Override
  public JsonNode uploadKeys(byte[] packed) {
    return client.post("query", KEYS, packed);
  }

  @Override
  public JsonNode ask(UUID ticket, byte[] question) {
    return client.post("query", TICKETS + "/" + ticket + "/question", question);
  }

  @Override
  public JsonNode read(UUID ticket) {
    return client.get("query", TICKETS + "/" + ticket);
  }

  @Override
  public byte[] reply(UUID ticket) {
    return client.getBytes("query", TICKETS + "/" + ticket + "/reply");
  }
}
