package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.lane.LaneNumbers.Heard;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.LaneTable;
import dev.weir.aggregation.stream.LaneOut;
import dev.weir.aggregation.stream.LaneParts;
import dev.weir.aggregation.stream.LaneStep;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One lane of one aggregator under kills: each transaction takes some messages, and either all that
 * it did becomes true or nothing of it. Confined.
 */
final class FaultyLane {
  private static final int MOST_MESSAGES = 5;
  private static final int KILLED_OF = 4;
  private static final int REPEATED_OF = 8;
  private static final int MOST_REPEATED = 8;
  private static final Instant BEGUN = Instant.EPOCH;
  private static final Bytes BEYOND_ALL_KEYS = beyondAllKeys();

  private final InMemoryLaneStore store = new InMemoryLaneStore();
  private final LaneBook book;
  private final List<LaneShare> told = new ArrayList<>();
  private final RandomGenerator random;
  private final PlantedBug planted;
  private int kills;
  private int repetitions;
  private int buried;

  /**
   * @param planted what it does wrong, to see it found
   */
  FaultyLane(int lane, RandomGenerator random, PlantedBug planted) {
    this.book = new LaneBook(store, lane);
    this.random = random;
    this.planted = planted;
  }

  /** One transaction, killed before its commit now and then. */
  void run(LaneStep step, LaneLog in, LaneLog out) {
    var messages = in.next(1 + random.nextInt(MOST_MESSAGES));
    var sent = new ArrayList<LaneLog.Message>();
    var shares = new ArrayList<LaneShare>();
    var aside = new int[1];
    int killedAfter = random.nextInt(KILLED_OF) == 0 ? random.nextInt(messages.size() + 1) : -1;
    int done = 0;
    for (LaneLog.Message message : messages) {
      if (done++ == killedAfter) {
        break;
      }
      boolean repeated = book.numbers().hear(message.number()) == Heard.REPEATED;
      if (repeated && planted != PlantedBug.DECIDES_ON_REPEATED) {
        continue;
      }
      step.process(
          book,
          message.key(),
          message.value(),
          new LaneOut() {
            @Override
            public void peer(Bytes value) {
              var number = Optional.of(book.numbers().say(BEGUN));
              sent.add(new LaneLog.Message(message.key(), value.toArray(), number));
            }

            @Override
            public void batch(Bytes value) {
              shares.add(WireReader.whole(value, LaneShare::read));
            }

            @Override
            public void bury(String reason) {
              aside[0]++;
            }
          });
    }
    if (killedAfter >= 0) {
      kills++;
      if (planted != PlantedBug.KILL_UNDOES_NOTHING) {
        store.rollback();
        return;
      }
      store.commit();
      return;
    }
    if (planted == PlantedBug.ADMITS_WHAT_IS_CLOSED) {
      forgetClosed();
    }
    store.commit();
    in.consumed(messages.size());
    sent.forEach(out::append);
    if (!sent.isEmpty() && random.nextInt(REPEATED_OF) == 0) {
      out.repeat(1 + random.nextInt(MOST_REPEATED));
      repetitions++;
    }
    told.addAll(shares);
    buried += aside[0];
  }

  private void forgetClosed() {
    for (LaneTable table : List.of(LaneTable.CLOSED, LaneTable.CLOSED_EDITION)) {
      var keys = new ArrayList<Bytes>();
      store.scan(table, Bytes.EMPTY, BEYOND_ALL_KEYS, entry -> keys.add(entry.key()));
      keys.forEach(key -> store.remove(table, key));
    }
  }

  /** What a lane does now and then, by its clock. */
  void forget(LaneParts parts) {
    parts.forget(book);
    if (planted == PlantedBug.NO_HORIZON_OF_FORGOTTEN) {
      parts.store().all().forEach(task -> store.remove(LaneTable.FORGOTTEN, task.bytes()));
    }
    store.commit();
  }

  private static Bytes beyondAllKeys() {
    byte[] bytes = new byte[128];
    Arrays.fill(bytes, (byte) -1);
    return Bytes.owning(bytes);
  }

  /** Whether it holds anything of what a bucket came to. */
  boolean holds(TaskId task, long time) {
    var rows = new ArrayList<Bytes>();
    var first = new WireWriter().message(task).u64(time).toBytes();
    var last = new WireWriter().raw(first).raw(BEYOND_ALL_KEYS).toBytes();
    for (LaneTable table : List.of(LaneTable.BUCKETS, LaneTable.CONTRIBUTIONS)) {
      store.scan(table, first, last, entry -> rows.add(entry.key()));
    }
    return !rows.isEmpty();
  }

  List<LaneShare> told() {
    return told;
  }

  int kills() {
    return kills;
  }

  /** Times that messages to the other side came again. */
  int repetitions() {
    return repetitions;
  }

  int buried() {
    return buried;
  }
}
