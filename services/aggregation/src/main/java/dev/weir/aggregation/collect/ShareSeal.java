package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareAad;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePublicKey;
import dev.weir.privacy.hpke.HpkeSender;
import java.security.SecureRandom;

/** Seals aggregate shares for the collector, bound to the task and to its request. Thread-safe. */
final class ShareSeal {
  private final byte[] info;
  private final SecureRandom random;

  ShareSeal(DapRole sender, SecureRandom random) {
    this.info = DapEdition.aggregateShareInfo(sender).toArray();
    this.random = random;
  }

  HpkeCiphertext seal(AggregationTask task, CollectionJobReq request, Bytes share) {
    var key = task.collectorKey();
    var sender =
        new HpkeSender(HpkePublicKey.of(key.publicKey().toArray()), Aead.AES_128_GCM, info);
    byte[] aad = new AggregateShareAad(task.task(), request).encoded().toArray();
    var sealed = sender.seal(aad, share.toArray(), random);
    return new HpkeCiphertext(
        key.id(), Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
  }
}
