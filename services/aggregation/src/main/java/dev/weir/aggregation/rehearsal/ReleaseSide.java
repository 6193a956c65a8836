package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.collect.ToldShare;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.KafkaFeed;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Optional;

/**
 * One aggregator over all its lives: its process is killed and started again, its logs stay.
 * Confined.
 */
final class ReleaseSide implements AutoCloseable {
  private static final int ONCE_IN = 5;
  private static final int MOST_POISON_BYTES = 100;

  /** No message between aggregators begins with it. */
  private static final byte POISON = (byte) 0xff;

  private final ReleaseStage stage;
  private final DapRole role;
  private final ReleaseHistory history;
  private final LaneLog said = new LaneLog();
  private final int[] fed;
  private Optional<ReleaseProcess> alive = Optional.empty();
  private boolean refusing;
  private int heard;
  private int aside;

  ReleaseSide(ReleaseStage stage, DapRole role, ReleaseHistory history) {
    this.stage = stage;
    this.role = role;
    this.history = history;
    this.fed = new int[history.rehearsal().task.lanes()];
  }

  /** The process that lives now; started when there is none. */
  ReleaseProcess process() {
    var process = alive.orElseGet(this::start);
    alive = Optional.of(process);
    return process;
  }

  private ReleaseProcess start() {
    var process =
        new ReleaseProcess(
            new ReleaseProcess.Surroundings(
                stage,
                role,
                history.ledger(),
                (topic, key, value) -> say(key, value),
                (task, marker) -> mark(marker),
                history.clock(),
                this::reach),
            history.rehearsal().task.lanes());
    process.refuse(refusing);
    return process;
  }

  private void mark(Marker marker) {
    if (history.saboteur().lets(marker)) {
      history.lanes().mark(role, marker);
    }
  }

  /** Says something that nobody can read, under the key of an earlier message or under none. */
  void poison() {
    byte[] bytes = new byte[history.random().nextInt(MOST_POISON_BYTES)];
    history.random().nextBytes(bytes);
    if (bytes.length > 0) {
      bytes[0] = POISON;
    }
    boolean keyed = said.size() > 0 && history.random().nextBoolean();
    said.append(keyed ? said.at(history.random().nextInt(said.size())).key() : bytes, bytes);
  }

  /** True for what was said only to see that nobody can read it. */
  static boolean isPoison(byte[] value) {
    return value.length == 0 || value[0] == POISON;
  }

  private void reach(ReleasePoint point) {
    if (history.kills(point)) {
      stage.cut(role);
      throw new Killed();
    }
  }

  void refuse(boolean wanted) {
    refusing = wanted;
    process().refuse(wanted);
  }

  /** What it said to the other one, in order. */
  LaneLog said() {
    return said;
  }

  private void say(byte[] key, byte[] value) {
    history.oracle().said(role, key, value);
    said.append(key, value);
  }

  void step() {
    history.saboteur().beforeStep(role);
    alive(() -> process().step());
  }

  /** Takes what a lane told so far; now and then the last of it will come again. */
  void feed(RehearsalLanes lanes) {
    int lane = history.random().nextInt(fed.length);
    var told = lanes.of(role).get(lane).told();
    while (fed[lane] < told.size()) {
      take(told.get(fed[lane]));
      fed[lane]++;
    }
    fed[lane] = Math.max(0, fed[lane] - (again() ? 1 : 0));
  }

  private void take(LaneShare told) {
    var share = history.difference().at(role, told);
    history.oracle().told(role, share);
    process().take(history.saboteur().believed(share));
    if (role == DapRole.LEADER) {
      history.saboteur().saysAfter(share).ifPresent(message -> say(message.key(), message.value()));
    }
  }

  /**
   * Hears the next message, unless it is lost; now and then it will come again. What is said once,
   * that the leader has refused, comes.
   */
  void hear(LaneLog from) {
    if (heard < from.size()) {
      if (isNotice(from.at(heard).value()) || history.random().nextInt(ONCE_IN) > 0) {
        alive(() -> hear(from.at(heard)));
      }
      heard += again() ? 0 : 1;
    }
  }

  /** As the feed does: what cannot be read is put aside, and those behind it come through. */
  private void hear(LaneLog.Message message) {
    try {
      history.saboteur().taken(message, asked(message)).ifPresent(process()::hear);
    } catch (ProblemException unread) {
      if (!KafkaFeed.isUnreadable(unread) || !isPoison(message.value())) {
        throw unread;
      }
      aside++;
    }
  }

  private boolean isNotice(byte[] value) {
    return role == DapRole.HELPER && !isPoison(value) && ToldShare.asked(value).isEmpty();
  }

  boolean hasHeardAll(LaneLog from) {
    return heard == from.size();
  }

  private Optional<AggregateShareReq> asked(LaneLog.Message message) {
    return role == DapRole.LEADER || isPoison(message.value())
        ? Optional.empty()
        : ToldShare.asked(message.value());
  }

  /** How many messages of the other side it put aside. */
  int putAside() {
    return aside;
  }

  private boolean again() {
    return history.random().nextInt(ONCE_IN) == 0;
  }

  /** Runs in the process that lives now, which may not survive it. */
  private void alive(Runnable work) {
    try {
      work.run();
    } catch (Killed killed) {
      close();
    } catch (ProblemException waits) {
      if (waits.type() != ProblemType.UNAVAILABLE) {
        throw waits;
      }
    }
  }

  @Override
  public void close() {
    alive.ifPresent(ReleaseProcess::close);
    alive = Optional.empty();
  }
}
