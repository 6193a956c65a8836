package dev.weir.dap.client;

import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.CreditCode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;

/** A contributor's Ed25519 key in memory, for the suite {@code intl}. Thread-safe. */
public final class Ed25519Signer implements ContributorSigner {
  private final ContributorId id;
  private final PartyId party;
  private final PrivateKey key;

  /**
   * @param party on whose behalf the key contributes, as the task's terms say
   */
  public Ed25519Signer(CreditCode party, KeyPair keys) {
    this.party = PartyId.of(party);
    this.id = ContributorId.ofKey(Bytes.copyOf(keys.getPublic().getEncoded()));
    this.key = keys.getPrivate();
  }

  @Override
  public ContributorId id() {
    return id;
  }

  @Override
  public PartyId party() {
    return party;
  }

  @Override
  public Bytes sign(Bytes statement) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(statement.toArray());
      return Bytes.owning(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the contributor's key does not sign", e);
    }
  }
}
