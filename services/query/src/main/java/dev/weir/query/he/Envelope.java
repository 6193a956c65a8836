package dev.weir.query.he;

import dev.weir.runtime.json.Json;
import java.time.Instant;
import java.util.UUID;

/**
 * What the asker signs: the RFC 8785 bytes of this. Immutable.
 *
 * @param v version of this shape, 1
 * @param ticketId the nonce: a ticket takes one question
 * @param decisionLeaf evidence of the decision that the ticket carries
 * @param parameterSet label of the parameter set
 * @param dataVersion the epoch that is asked about
 * @param keyId 64 hexadecimal digits that the asker gives the encryption key; questions per key are
 *     capped
 * @param questionSha256 over the ciphertexts, see {@link EncryptedQuestion#sha256}
 * @param expires not after the ticket's
 */
public record Envelope(
    int v,
    UUID ticketId,
    UUID contractId,
    UUID decisionLeaf,
    String parameterSet,
    String rollupId,
    long dataVersion,
    String keyId,
    String questionSha256,
    Instant expires) {
  public static final int VERSION = 1;

  /** The bytes under the signature. */
  public byte[] bytes() {
    return Json.canonical(this);
  }
}
