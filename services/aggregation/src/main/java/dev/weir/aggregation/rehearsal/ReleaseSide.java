package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.dap.DapRole;
import java.util.Optional;

/**
 * One aggregator over all its lives: its process is killed and started again, its logs stay.
 * Confined.
 */
final class ReleaseSide implements AutoCloseable {
  private static final int ONCE_IN = 5;

  private final ReleaseStage stage;
  private final DapRole role;
  private final ReleaseHistory history;
  private final boolean planted;
  private final LaneLog said = new LaneLog();
  private final int[] fed;
  private Optional<ReleaseProcess> alive = Optional.empty();
  private boolean refusing;
  private int heard;

  ReleaseSide(ReleaseStage stage, DapRole role, ReleaseHistory history, boolean planted) {
    this.stage = stage;
    this.role = role;
    this.history = history;
    this.planted = planted;
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
                (topic, key, value) -> said.append(key, value),
                (task, marker) -> history.lanes().mark(marker),
                history.clock(),
                this::reach,
                planted),
            history.rehearsal().task.lanes());
    process.refuse(refusing);
    return process;
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

  void step() {
    alive(() -> process().step());
  }

  /** Takes what a lane told so far; now and then the last of it will come again. */
  void feed(RehearsalLanes lanes) {
    int lane = history.random().nextInt(fed.length);
    var told = lanes.of(role).get(lane).told();
    while (fed[lane] < told.size()) {
      process().take(told.get(fed[lane]));
      fed[lane]++;
    }
    fed[lane] = Math.max(0, fed[lane] - (again() ? 1 : 0));
  }

  /** Hears the next message, unless it is lost; now and then it will come again. */
  void hear(LaneLog from) {
    if (heard < from.size()) {
      if (history.random().nextInt(ONCE_IN) > 0) {
        alive(() -> process().hear(from.at(heard)));
      }
      heard += again() ? 0 : 1;
    }
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
    }
  }

  @Override
  public void close() {
    alive.ifPresent(ReleaseProcess::close);
    alive = Optional.empty();
  }
}
