package dev.weir.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import java.util.Base64;
import java.util.Map;

/**
 * Signs for the party of an account: fetches what is to be signed, checks that it is what it should
 * be, signs it here and sends the signature alone. Thread-safe.
 */
public final class SigningDesk {
  private final WeirClient client;

  public SigningDesk(WeirClient client) {
    this.client = client;
  }

  /**
   * Registers the public half with proof that the private one is held.
   *
   * @throws CommandFault when the service asks for a signature under anything but that proof
   */
  public JsonNode register(String creditCode, PartyKey key) {
    String party = "/v1/participants/" + UrlPath.segment(creditCode);
    JsonNode challenge =
        client.post(
            "space",
            party + "/key-challenges",
            Map.of("suite", key.suite(), "publicKey", key.publicKey()));
    var statement = Signable.keyRegistration(bytes(challenge.path("toSign")), creditCode, key);
    String signature = statement.sign(creditCode, key);
    return client.post(
        "space",
        party + "/keys",
        Map.of("challengeId", challenge.path("id").asText(), "signature", signature));
  }

  /**
   * The agreement of an operation domain, as it will be signed.
   *
   * @throws CommandFault when the service sends anything else
   */
  public Signable agreement(String domain) {
    String path = "/v1/domains/" + UrlPath.segment(domain) + "/agreement";
    return Signable.agreement(client.getBytes("space", path), domain);
  }

  /**
   * The newest terms of a contract, as they will be signed.
   *
   * @throws CommandFault when the service sends anything else
   */
  public Signable terms(String contract) {
    String path = "/v1/contracts/" + UrlPath.segment(contract) + "/terms";
    return Signable.terms(client.getBytes("space", path), contract);
  }

  /**
   * Signs for the account's own party.
   *
   * @throws CommandFault when that party or the key has no part in the document
   */
  public JsonNode sign(Signable document, PartyKey key) {
    String signature = document.sign(client.party(), key);
    return client.post(
        "space", document.signatures(), Map.of("keyId", key.keyId(), "signature", signature));
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return Base64.getDecoder().decode(base64.asText());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
