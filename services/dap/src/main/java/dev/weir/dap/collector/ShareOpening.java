package dev.weir.dap.collector;

import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareAad;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkeOpenException;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeRecipient;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.Vdaf;
import java.math.BigInteger;
import java.util.List;

/** Opens both shares of a batch and adds them. Thread-safe. */
public final class ShareOpening {
  private final Task task;
  private final HpkePrivateKey key;
  private final Vdaf vdaf;

  /**
   * @param key the collector's; owned by the caller
   */
  public ShareOpening(Task task, HpkePrivateKey key) {
    this.task = task;
    this.key = key;
    this.vdaf = TaskVdaf.of(task);
  }

  /**
   * The aggregate with the noise of both aggregators, which may make it negative.
   *
   * @throws ProblemException of type {@code VALIDATION_FAILED} when a share does not open or is
   *     none of the task's, or when the batch is smaller than the task allows
   */
  public List<BigInteger> open(CollectionJobReq request, CollectionJobResp answer) {
    if (Long.compareUnsigned(answer.reports(), task.configuration().minBatchReports()) < 0) {
      throw refused("The batch is smaller than its task allows.");
    }
    var shares =
        List.of(
            share(request, DapRole.LEADER, answer.leader()),
            share(request, DapRole.HELPER, answer.helper()));
    try {
      return vdaf.unshardNoisy(shares);
    } catch (IllegalArgumentException malformed) {
      throw refused("A share is none of the task's function.");
    }
  }

  private AggregateShare share(CollectionJobReq request, DapRole sender, HpkeCiphertext sealed) {
    byte[] info = DapEdition.aggregateShareInfo(sender).toArray();
    byte[] aad = new AggregateShareAad(task, request).encoded().toArray();
    try {
      return AggregateShare.of(
          new HpkeRecipient(key, Aead.AES_128_GCM, info)
              .open(sealed.enc().toArray(), aad, sealed.payload().toArray()));
    } catch (HpkeOpenException e) {
      throw refused("A share does not open: another key, task or request.");
    }
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.VALIDATION_FAILED, detail);
  }
}
