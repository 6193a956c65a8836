package dev.weir.query.rollup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Contributions in the topology's own topics: run (16 bytes), version (8), cell (4), then for each
 * measure a byte that says whether there is a value, and the value (8). Thread-safe.
 */
final class KafkaContributionSerde implements Serde<Contribution> {
  private static final int HEAD_BYTES = 28;
  private static final int VALUE_BYTES = 9;

  @Override
  public Serializer<Contribution> serializer() {
    return (topic, contribution) -> write(contribution);
  }

  @Override
  public Deserializer<Contribution> deserializer() {
    return (topic, bytes) -> read(ByteBuffer.wrap(bytes));
  }

  private static byte[] write(Contribution contribution) {
    var values = contribution.values();
    var bytes = ByteBuffer.allocate(HEAD_BYTES + VALUE_BYTES * values.size());
    bytes.putLong(contribution.run().getMostSignificantBits());
    bytes.putLong(contribution.run().getLeastSignificantBits());
    bytes.putLong(contribution.version()).putInt(contribution.cell());
    for (Optional<Long> value : values) {
      bytes.put((byte) (value.isPresent() ? 1 : 0)).putLong(value.orElse(0L));
    }
    return bytes.array();
  }

  private static Contribution read(ByteBuffer bytes) {
    var run = new UUID(bytes.getLong(), bytes.getLong());
    long version = bytes.getLong();
    int cell = bytes.getInt();
    List<Optional<Long>> values = new ArrayList<>(bytes.remaining() / VALUE_BYTES);
    while (bytes.hasRemaining()) {
      boolean present = bytes.get() == 1;
      long value = bytes.getLong();
      values.add(present ? Optional.of(value) : Optional.empty());
    }
    return new Contribution(run, version, cell, values);
  }
}
