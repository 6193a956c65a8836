package dev.weir.query.he.client;

import dev.weir.kernel.ContractId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the holder of a key means to open; nothing is expected where it is empty.
 *
 * @param dataVersion the epoch
 */
public record Expected(Optional<ContractId> contract, OptionalLong dataVersion) {

  public static Expected anything() {
    return new Expected(Optional.empty(), OptionalLong.empty());
  }

  void check(SavedReply saved) {
    var envelope = saved.envelope();
    if (contract.filter(wanted -> !wanted.value().equals(envelope.contractId())).isPresent()) {
      throw new ClientRefusal("这份答复属于另一份合约", "the reply is of another contract");
    }
    if (dataVersion.isPresent() && dataVersion.getAsLong() != envelope.dataVersion()) {
      throw new ClientRefusal("这份答复属于另一个数据时期", "the reply is of another epoch");
    }
  }
}
