package dev.weir.dap.client;

import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.wire.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;

/** A contributor's Ed25519 key in memory, for the suite {@code intl}. Thread-safe. */
public final class Ed25519Signer implements ContributorSigner {
  private final ContributorId id;
  private final PrivateKey key;

  public Ed25519Signer(KeyPair keys) {
    this.id = ContributorId.ofKey(Bytes.copyOf(keys.getPublic().getEncoded()));
    this.key = keys.getPrivate();
  }

  @Override
  public ContributorId id() {
    return id;
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
