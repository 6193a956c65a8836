package dev.weir.aggregation.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.signing.SigningSuite;

/**
 * Who may contribute to a task, known by a public key: one device or site of a party, which may
 * have several. Immutable.
 *
 * @param party on whose behalf it contributes
 * @param suite {@code gm} or {@code intl}
 * @param publicKey SubjectPublicKeyInfo in base64url
 */
public record Contributor(CreditCode party, String suite, String publicKey) {
  /**
   * @throws ProblemException of type {@code VALIDATION_FAILED} when it is no key of the suite
   */
  public Contributor {
    if (!SigningSuite.named(suite).accepts(Base64Url.decode(publicKey).toArray())) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A contributor's key is not one of its suite.");
    }
  }

  @JsonIgnore
  public ContributorId id() {
    return ContributorId.ofKey(key());
  }

  /** By which it is counted and capped, together with all other keys of its party. */
  @JsonIgnore
  public PartyId partyId() {
    return PartyId.of(party);
  }

  /** True when the contributor signed the statement. */
  public boolean signed(Bytes statement, Bytes signature) {
    return SigningSuite.named(suite)
        .verify(key().toArray(), statement.toArray(), signature.toArray());
  }

  private Bytes key() {
    return Base64Url.decode(publicKey);
  }
}
