package dev.weir.query.sum;

import dev.weir.he.HeContext;
import dev.weir.he.PublicKey;
import dev.weir.he.Words;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import dev.weir.kernel.CreditCode;
import dev.weir.query.he.client.ClientRefusal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A department's side: encodes values one a slot, encrypts them under the custodian's key and signs
 * the ciphertext. Bounds are checked here and nowhere else: nobody can check them under encryption.
 * Owns native memory; thread-safe.
 */
public final class ColumnProducer implements AutoCloseable {
  private final SumTask task;
  private final CreditCode self;
  private final SumSigner signer;
  private final HeContext context;
  private final PublicKey key;

  /**
   * @param self a producer of the task
   * @param publicKey the custodian's, as its file holds it
   * @throws ClientRefusal when the key is not the task's, or the party is none of its producers
   */
  public ColumnProducer(
      SumTask task, CreditCode self, SumSigner signer, ByteBuffer publicKey, SecureRandom random) {
    if (!RecordGate.sha256(publicKey).equals(task.publicKeySha256())) {
      throw new ClientRefusal(
          "公钥不是该任务约定的保管方公钥", "the public key is not the custodian's that the task names");
    }
    if (task.producer(self).isEmpty()) {
      throw new ClientRefusal("本主体不是该任务的数据提供方", "the party is no producer of the task");
    }
    this.task = task;
    this.self = self;
    this.signer = signer;
    var limbs = Packed.publicKey(task.parameters(), publicKey);
    this.context = HeContext.open(task.parameters(), random);
    this.key = context.publicKey(limbs);
  }

  /** Values that one ciphertext takes. */
  public int slots() {
    return task.parameters().degree();
  }

  /**
   * One signed input. Empty slots hold 0, so the ciphertext does not tell how many values it has.
   *
   * @param sequence of this producer in the batch; a number is never signed for two ciphertexts
   * @param values at most {@link #slots}; secret
   * @throws ClientRefusal when one is out of bounds, saying which, not what; or when the signature
   *     is not that of the task's key for this party
   */
  public InputMessage.Input encrypt(SumBatch batch, long sequence, long[] values) {
    if (values.length > slots() || !batch.task().equals(task.id())) {
      throw new IllegalArgumentException("too many values, or a batch of another task");
    }
    var limbs = key.encrypt(encoded(values));
    byte[] bytes =
        new SealWriter(SealForm.CURRENT, Compression.NONE).ciphertext(task.parameters(), 0, limbs);
    var ciphertext = ByteBuffer.wrap(bytes);
    var statement =
        new InputStatement(
            InputStatement.KIND, self, batch, sequence, RecordGate.sha256(ciphertext));
    String signature = signer.sign(statement.toSign());
    if (task.producer(self).filter(one -> one.signed(statement.toSign(), signature)).isEmpty()) {
      throw new ClientRefusal(
          "签名密钥不是任务为本主体约定的密钥，未发送任何内容",
          "the signing key is not the one that the task names for this party; nothing was sent");
    }
    return new InputMessage.Input(new SignedInput(statement, signature), ciphertext);
  }

  private Words encoded(long[] values) {
    var slots = Words.allocate(slots());
    for (int i = 0; i < values.length; i++) {
      if (values[i] < task.least() || values[i] > task.most()) {
        throw new ClientRefusal(
            "第 " + (i + 1) + " 个值超出任务声明的范围，未发送任何内容",
            "value " + (i + 1) + " is outside the bounds that the task declares; nothing was sent");
      }
      slots.set(i, Math.floorMod(values[i], task.parameters().plainModulus()));
    }
    try {
      return context.encodeSlots(slots);
    } finally {
      slots.erase();
    }
  }

  @Override
  public void close() {
    key.close();
    context.close();
  }
}
