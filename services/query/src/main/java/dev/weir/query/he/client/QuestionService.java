package dev.weir.query.he.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * The service that answers, over whatever carries the calls. It is given nothing secret. A refusal
 * is whatever exception the carrier has for it.
 */
public interface QuestionService {

  JsonNode ticket(String contractId, String productId, String purpose);

  /** For looking up one cell instead of summing. */
  JsonNode lookupTicket(String contractId, String productId, String purpose);

  JsonNode ask(UUID ticket, byte[] question);

  JsonNode read(UUID ticket);

  byte[] reply(UUID ticket);
}
