package dev.weir.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Map;

/**
 * Signs for a party: fetches the exact bytes, signs them here and sends the signature alone.
 * Thread-safe.
 */
public final class SigningDesk {
  private final WeirClient client;
  private final PartyKey key;

  public SigningDesk(WeirClient client, PartyKey key) {
    this.client = client;
    this.key = key;
  }

  /** Registers the public half with proof that the private one is held. */
  public JsonNode register(String creditCode) {
    String keys = "/v1/participants/" + UrlPath.segment(creditCode);
    JsonNode challenge =
        client.post(
            "space",
            keys + "/key-challenges",
            Map.of("suite", key.suite(), "publicKey", key.publicKey()));
    byte[] toSign = Base64.getDecoder().decode(challenge.path("toSign").asText());
    return client.post(
        "space",
        keys + "/keys",
        Map.of("challengeId", challenge.path("id").asText(), "signature", key.sign(toSign)));
  }

  /** The agreement of an operation domain, as it will be signed. */
  public byte[] agreement(String domain) {
    return client.getBytes("space", "/v1/domains/" + UrlPath.segment(domain) + "/agreement");
  }

  /** The newest terms of a contract, as they will be signed. */
  public byte[] terms(String contract) {
    return client.getBytes("space", "/v1/contracts/" + UrlPath.segment(contract) + "/terms");
  }

  public JsonNode signDomain(String domain, byte[] agreement) {
    return client.post(
        "space", "/v1/domains/" + UrlPath.segment(domain) + "/signatures", signature(agreement));
  }

  public JsonNode signContract(String contract, byte[] terms) {
    return client.post(
        "space", "/v1/contracts/" + UrlPath.segment(contract) + "/signatures", signature(terms));
  }

  private Map<String, String> signature(byte[] message) {
    return Map.of("keyId", key.keyId(), "signature", key.sign(message));
  }
}
