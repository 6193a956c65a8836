package dev.weir.aggregation.rehearsal;

import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareAad;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkeOpenException;
import dev.weir.privacy.hpke.HpkeRecipient;

/** Opens single shares as no collector would: to see whether they are the same, or exact. */
record ShareReader(RehearsalTask rehearsal) {
  Bytes opened(DapRole side, CollectionJobReq request, HpkeCiphertext sealed) {
    byte[] info = DapEdition.aggregateShareInfo(side).toArray();
    byte[] aad = new AggregateShareAad(rehearsal.task.task(), request).encoded().toArray();
    try {
      return Bytes.owning(
          new HpkeRecipient(rehearsal.collectorKey, Aead.AES_128_GCM, info)
              .open(sealed.enc().toArray(), aad, sealed.payload().toArray()));
    } catch (HpkeOpenException e) {
      throw new IllegalStateException("a share is not sealed for the collector", e);
    }
  }
}
