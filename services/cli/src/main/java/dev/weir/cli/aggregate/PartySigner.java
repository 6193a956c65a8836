package dev.weir.cli.aggregate;

import dev.weir.cli.client.PartyKey;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.wire.Bytes;

/** A contributor that signs with its party key, SM2 or Ed25519. */
record PartySigner(PartyKey key) implements ContributorSigner {
  @Override
  public ContributorId id() {
    return ContributorId.ofKey(Bytes.owning(key.publicKeyBytes()));
  }

  @Override
  public Bytes sign(Bytes statement) {
    return Bytes.owning(key.signature(statement.toArray()));
  }
}
