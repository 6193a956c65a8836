package dev.weir.aggregation.hpke;

import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.hpke.HpkeConfigList;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkeOpenException;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeRecipient;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The keys that input shares for one aggregator are sealed to. The newest is offered; older ones
 * still open what was sealed to them. Thread-safe.
 */
public final class HpkeKeyRing implements ShareOpener {
  private final Map<Integer, HpkeRecipient> recipients = new TreeMap<>();
  private final HpkeConfigList configs;

  /**
   * @param role leader or helper: a share for the one does not open as the other's
   * @param keys by id, 0 to 255; the greatest id is the newest
   */
  public HpkeKeyRing(DapRole role, Map<Integer, HpkePrivateKey> keys) {
    byte[] info = DapEdition.inputShareInfo(role).toArray();
    keys.forEach((id, key) -> recipients.put(id, new HpkeRecipient(key, Aead.AES_128_GCM, info)));
    this.configs =
        new HpkeConfigList(
            keys.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .map(key -> config(key.getKey(), key.getValue()))
                .toList());
  }

  /** What clients are offered, the newest first. */
  public HpkeConfigList configs() {
    return configs;
  }

  @Override
  public boolean knows(int configId) {
    return recipients.containsKey(configId);
  }

  @Override
  public Optional<Bytes> open(HpkeCiphertext sealed, Bytes aad) {
    var recipient = recipients.get(sealed.configId());
    if (recipient == null) {
      return Optional.empty();
    }
    try {
      byte[] plaintext =
          recipient.open(sealed.enc().toArray(), aad.toArray(), sealed.payload().toArray());
      return Optional.of(Bytes.owning(plaintext));
    } catch (HpkeOpenException doesNotOpen) {
      return Optional.empty();
    }
  }

  /** The public part of a key of ours. */
  public static HpkeConfig config(int id, HpkePrivateKey key) {
    return HpkeConfig.mandatory(id, Bytes.owning(key.publicKey().bytes()));
  }
}
