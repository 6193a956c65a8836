package dev.weir.cli.aggregate;

import dev.weir.cli.client.PartyKey;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;

/**
 * A contributor that signs with its party key, SM2 or Ed25519.
 *
 * @param party whose key it is in the task's terms
 */
record PartySigner(PartyKey key, PartyId party) implements ContributorSigner {
  static ContributorId contributor(PartyKey key) {
    return ContributorId.ofKey(Bytes.owning(key.publicKeyBytes()));
  }

  @Override
  public ContributorId id() {
    return contributor(key);
  }

  @Override
  public Bytes sign(Bytes statement) {
    return Bytes.owning(key.signature(statement.toArray()));
  }
}
