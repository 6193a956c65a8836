package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.schemas.avro.VersionSealed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the cells of every run, and publishes an epoch when the newest seal's run is complete: one
 * contribution per record has arrived, whatever way it took. What is published was stored before,
 * so a crash between the two publishes the same again. Confined to one task.
 */
final class KafkaCellCounting extends ContextualProcessor<String, Contribution, String, Object> {
  static final String CELLS = "cells";
  static final String RUNS = "runs";
  static final String PUBLISHED = "published";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaCellCounting.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int RUN_BYTES = 16;

  private final RollupSpec spec;
  private final EpochDesk desk;
  private final RollupFigures figures;
  private final int rowBytes;
  private @Nullable KeyValueStore<Bytes, byte[]> cells;
  private @Nullable KeyValueStore<String, byte[]> runs;
  private @Nullable KeyValueStore<String, Long> published;

  KafkaCellCounting(RollupSpec spec, EpochDesk desk, RollupFigures figures) {
    this.spec = spec;
    this.desk = desk;
    this.figures = figures;
    this.rowBytes = CountedCells.width(spec.measures().size()) * Long.BYTES;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    super.init(context);
    cells = context.getStateStore(CELLS);
    runs = context.getStateStore(RUNS);
    published = context.getStateStore(PUBLISHED);
    context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<String, Contribution> message) {
    var contribution = message.value();
    String run = contribution.run().toString();
    boolean fits = contribution.cell() < 0 || add(contribution);
    var counted =
        fits
            ? contribution
            : Contribution.without(
                contribution.run(), contribution.version(), Contribution.UNREADABLE);
    held(runs).put(run, progress(run).with(counted).bytes());
    figures.counted();
  }

  private RunProgress progress(String run) {
    byte[] stored = held(runs).get(run);
    return stored == null ? RunProgress.NONE : RunProgress.of(stored);
  }

  /**
   * @return false when a sum passes 64 bits
   */
  private boolean add(Contribution contribution) {
    var key = key(contribution.run(), contribution.cell());
    byte[] stored = held(cells).get(key);
    var row = ByteBuffer.wrap(stored == null ? new byte[rowBytes] : stored);
    var sum = ByteBuffer.allocate(rowBytes);
    sum.putLong(row.getLong() + 1);
    try {
      for (Optional<Long> value : contribution.values()) {
        sum.putLong(Math.addExact(row.getLong(), value.orElse(0L)));
        sum.putLong(row.getLong() + (value.isPresent() ? 1 : 0));
      }
    } catch (ArithmeticException e) {
      return false;
    }
    held(cells).put(key, sum.array());
    return true;
  }

  private void look(long now) {
    var seal = KafkaSeals.newest(context(), spec.resourceId());
    if (seal == null) {
      return;
    }
    var progress = progress(seal.getRunId());
    if (progress.records() != seal.getRecords()) {
      return;
    }
    forgetBefore(seal);
    CountedCells counted = null;
    for (ContractId contract : desk.contracts(spec)) {
      if (isPublished(contract, seal)) {
        continue;
      }
      var closed = desk.find(contract, spec, seal.getDataVersion());
      if (closed.isPresent()) {
        publish(closed.get(), now);
      } else if (progress.spoilt()) {
        desk.spoil(contract, spec, seal.getDataVersion());
      } else {
        counted = counted == null ? count(seal) : counted;
        desk.close(contract, spec, counted);
      }
    }
  }

  private boolean isPublished(ContractId contract, VersionSealed seal) {
    Long version = held(published).get(contract.toString());
    return version != null && version >= seal.getDataVersion();
  }

  /** The mark, the cells and the offsets behind them commit together. */
  private void publish(Epoch epoch, long now) {
    if (epoch.refusal().isEmpty()) {
      var changes = desk.changes(epoch);
      for (PublishedCells.Tile tile : changes) {
        context()
            .forward(
                new Record<>(CellMessages.key(epoch, tile), CellMessages.tile(epoch, tile), now));
      }
      context()
          .forward(
              new Record<>(
                  CellMessages.key(epoch), CellMessages.closed(epoch, changes.size()), now));
      figures.published();
    }
    held(published).put(epoch.contractId().toString(), epoch.dataVersion());
    context().commit();
    LOG.info(
        "epoch handed on contract={} rollup={} version={} refusal={}",
        epoch.contractId(),
        epoch.rollupId(),
        epoch.dataVersion(),
        epoch.refusal().orElse("none"));
  }

  private CountedCells count(VersionSealed seal) {
    var counted =
        new CountedCells(
            seal.getDataVersion(), seal.getRecords(), spec.cells(), spec.measures().size());
    var run = UUID.fromString(seal.getRunId());
    try (var rows = held(cells).range(key(run, 0), key(run, spec.cells() - 1))) {
      rows.forEachRemaining(entry -> {
        int cell = ByteBuffer.wrap(entry.key.get(), RUN_BYTES, Integer.BYTES).getInt();
        long[] row = new long[CountedCells.width(spec.measures().size())];
        ByteBuffer.wrap(entry.value).asLongBuffer().get(row);
        counted.set(cell, row);
      });
    }
    return counted;
  }

  /** Runs of this or an earlier version that were never sealed, and versions that are past. */
  private void forgetBefore(VersionSealed seal) {
    var past = new ArrayList<String>();
    try (var all = held(runs).all()) {
      all.forEachRemaining(entry -> {
        boolean other = !entry.key.equals(seal.getRunId());
        if (other && RunProgress.of(entry.value).version() <= seal.getDataVersion()) {
          past.add(entry.key);
        }
      });
    }
    for (String run : past) {
      var id = UUID.fromString(run);
      try (var rows = held(cells).range(key(id, 0), key(id, spec.cells() - 1))) {
        rows.forEachRemaining(entry -> held(cells).delete(entry.key));
      }
      held(runs).delete(run);
    }
  }

  private static Bytes key(UUID run, int cell) {
    return Bytes.wrap(
        ByteBuffer.allocate(RUN_BYTES + Integer.BYTES)
            .putLong(run.getMostSignificantBits())
            .putLong(run.getLeastSignificantBits())
            .putInt(cell)
            .array());
  }

  private static <T> T held(@Nullable T store) {
    if (store == null) {
      throw new IllegalStateException("not started");
    }
    return store;
  }
}
