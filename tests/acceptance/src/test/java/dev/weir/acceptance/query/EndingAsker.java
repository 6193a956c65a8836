package dev.weir.acceptance.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.he.client.QuestionService;
import java.util.UUID;

/** The service as a process reaches it that ends once its question is taken. */
record EndingAsker(QuestionService service) implements QuestionService {

  /** The end of a process, as far as one process can play it. */
  static final class TheEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public JsonNode ask(UUID ticket, byte[] question) {
    service.ask(ticket, question);
    throw new TheEnd();
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose) {
    return service.ticket(contractId, productId, purpose);
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose, String kind) {
    return service.ticket(contractId, productId, purpose, kind);
  }

  @Override
  public JsonNode ticketWithoutKeys(
      String contractId, String productId, String purpose, String rollupId) {
    return service.ticketWithoutKeys(contractId, productId, purpose, rollupId);
  }

  @Override
  public boolean holdsKeys(String sha256) {
    return service.holdsKeys(sha256);
  }

  @Override
  public JsonNode uploadKeys(byte[] packed) {
    return service.uploadKeys(packed);
  }

  @Override
  public JsonNode read(UUID ticket) {
    return service.read(ticket);
  }

  @Override
  public byte[] reply(UUID ticket) {
    return service.reply(ticket);
  }
}
