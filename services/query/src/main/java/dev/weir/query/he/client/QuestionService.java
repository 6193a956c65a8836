package dev.weir.query.he.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * The service that answers, over whatever carries the calls. It is given nothing secret. A refusal
 * is whatever exception the carrier has for it.
 */
public interface QuestionService {

  JsonNode ticket(String contractId, String productId, String purpose);

  /**
   * For another sum over the same cells.
   *
   * @param rollupId of a former ticket, whose keys are known
   */
  JsonNode ticketWithoutKeys(String contractId, String productId, String purpose, String rollupId);

  /**
   * For another question than a sum.
   *
   * @param kind {@code ONE_HOT} for a few cells, {@code LOOKUP} of one cell, {@code KEYWORD} or
   *     {@code INDEX} of one record
   */
  JsonNode ticket(String contractId, String productId, String purpose, String kind);

  /** Whether the service has switching keys of this digest from this party. */
  boolean holdsKeys(String sha256);

  /**
   * Sends switching keys, once; questions name them by their digest.
   *
   * @param packed as they travel
   */
  JsonNode uploadKeys(byte[] packed);

  JsonNode ask(UUID ticket, byte[] question);

  JsonNode read(UUID ticket);

  byte[] reply(UUID ticket);
}
