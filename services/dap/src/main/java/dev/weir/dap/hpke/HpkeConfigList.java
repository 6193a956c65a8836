package dev.weir.dap.hpke;

import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * A receiver's keys, the one it likes best first. Immutable.
 *
 * @param configs at least one, ids distinct
 */
public record HpkeConfigList(List<HpkeConfig> configs) implements WireMessage {
  public HpkeConfigList {
    configs = List.copyOf(configs);
    if (configs.isEmpty()
        || configs.stream().map(HpkeConfig::id).distinct().count() != configs.size()) {
      throw WireReader.malformed("A list of keys holds at least one, with distinct ids.");
    }
  }

  public static HpkeConfigList read(WireReader in) {
    return new HpkeConfigList(in.list16(HpkeConfig::read));
  }

  /** The first key of the suite that every party must speak, and that can be sealed to. */
  public Optional<HpkeConfig> usable() {
    return configs.stream().filter(HpkeConfig::isUsable).findFirst();
  }

  @Override
  public void writeTo(WireWriter out) {
    out.v16(configs);
  }
}
