package dev.weir.query.rollup;

import dev.weir.schemas.avro.VersionSealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets at most so many records of a person into each of at most so many cells of a version: the
 * first to arrive. Which they are depends on that person's records alone, never on another
 * person's. Confined to one task.
 */
final class KafkaPersonBound
    extends ContextualProcessor<String, Contribution, String, Contribution> {
  static final String STORE = "persons";
  private static final int ENTRY_BYTES = 8;
  private static final int HEAD_BYTES = 24;
  private static final Duration SWEEP = Duration.ofSeconds(30);

  private final RollupSpec spec;
  private final int maxCells;
  private final int maxRecords;
  private @Nullable KeyValueStore<Bytes, byte[]> persons;

  KafkaPersonBound(RollupSpec spec) {
    this.spec = spec;
    var bound = spec.contribution().orElseThrow();
    this.maxCells = bound.maxGroups();
    this.maxRecords = bound.maxRowsPerGroup();
  }

  @Override
  public void init(ProcessorContext<String, Contribution> context) {
    super.init(context);
    persons = context.getStateStore(STORE);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> sweep());
  }

  @Override
  public void process(Record<String, Contribution> message) {
    var contribution = message.value();
    boolean counted = contribution.cell() < 0 || admit(message.key(), contribution);
    context().forward(counted ? message : message.withValue(contribution.nowhere()));
  }

  private boolean admit(String person, Contribution contribution) {
    var key = key(person, contribution);
    var held = store().get(key);
    var cells = ByteBuffer.wrap(held == null ? new byte[0] : held);
    while (cells.hasRemaining()) {
      if (cells.getInt() == contribution.cell()) {
        int records = cells.getInt(cells.position());
        if (records >= maxRecords) {
          return false;
        }
        cells.putInt(records + 1);
        store().put(key, cells.array());
        return true;
      }
      cells.getInt();
    }
    if (cells.capacity() / ENTRY_BYTES >= maxCells) {
      return false;
    }
    store()
        .put(
            key,
            ByteBuffer.allocate(cells.capacity() + ENTRY_BYTES)
                .put(cells.array())
                .putInt(contribution.cell())
                .putInt(1)
                .array());
    return true;
  }

  /**
   * Forgets who was in versions before the newest sealed one. That one may still be on its way
   * here; earlier ones will never be released any more.
   */
  private void sweep() {
    if (KafkaSeals.newest(context(), spec.resourceId()) instanceof VersionSealed seal) {
      var end = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(seal.getDataVersion()).array());
      try (var old = store().range(Bytes.wrap(new byte[Long.BYTES]), end)) {
        old.forEachRemaining(entry -> store().delete(entry.key));
      }
    }
  }

  private static Bytes key(String person, Contribution contribution) {
    byte[] name = person.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(HEAD_BYTES + name.length)
            .putLong(contribution.version())
            .putLong(contribution.run().getMostSignificantBits())
            .putLong(contribution.run().getLeastSignificantBits())
            .put(name)
            .array());
  }

  private KeyValueStore<Bytes, byte[]> store() {
    if (persons == null) {
      throw new IllegalStateException("not started");
    }
    return persons;
  }
}
