package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.collector.KeptCollection;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.client.ApiProblem;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the collector's process does again and again: ends what it began, then collects each batch
 * whose time is over. What one task or batch meets keeps no other one waiting; a batch that is
 * refused is asked for again ever more rarely, since each refusal is evidence at both aggregators.
 * Confined.
 */
final class CollectorRounds {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final Duration LONGEST_BETWEEN = Duration.ofMinutes(10);

  private final Collector collector;
  private final CollectorRun run;
  private final InstantSource clock;
  private final Told told;
  private final Map<Asked, Pause> pauses = new HashMap<>();
  private final Set<Asked> gone = new HashSet<>();
  private final Set<Asked> over = new HashSet<>();
  private long until = System.nanoTime();

  /** Hears what becomes of tasks. */
  interface Told {
    /** A collection of what was asked for ended, or still waits. */
    void outcome(PublicTask task, Query query, Outcome outcome);

    /**
     * A task could not be gone on with now.
     *
     * @param query what was asked for; empty when nothing was yet
     * @param unopened whether a share did not open, which no waiting mends
     */
    void away(PublicTask task, Optional<Query> query, RuntimeException why, boolean unopened);
  }

  /** Tasks may well ask for the same interval. */
  private record Asked(TaskId task, Bytes request) {}

  private record Pause(Instant until, Duration length) {}

  CollectorRounds(Collector collector, InstantSource clock, Told told) {
    this.collector = collector;
    this.run = new CollectorRun(collector);
    this.clock = clock;
    this.told = told;
  }

  /** A round over all tasks begins; together they wait for answers for so long at the most. */
  void begin(Duration patience) {
    until = System.nanoTime() + patience.toNanos();
  }

  /** Takes each batch of a task a step further, none of them twice. */
  void round(PublicTask task, CollectorConfiguration.Plan plan) {
    gone.clear();
    try {
      all(task, plan);
    } catch (RuntimeException damaged) { // what is kept of one task keeps no other waiting
      told.away(task, Optional.empty(), damaged, true);
    }
  }

  private void all(PublicTask task, CollectorConfiguration.Plan plan) {
    for (var kept : collector.underWay(task)) {
      if (!goOn(task, kept)) {
        return;
      }
    }
    if (task.task().configuration().batchMode() == BatchMode.TIME_INTERVAL) {
      intervals(task, plan);
    } else if (rested(asked(task, new Query.NextBatch()))) {
      goOn(task, collector.open(task, new Query.NextBatch()));
    }
  }

  /** From the first batch on to the last whose time is over. */
  private void intervals(PublicTask task, CollectorConfiguration.Plan plan) {
    long precision = task.task().configuration().timePrecisionSeconds();
    long now = clock.instant().getEpochSecond() / precision;
    long start = plan.from().getEpochSecond() / precision;
    var own = task.task().configuration().interval();
    for (; start + plan.units() <= now; start += plan.units()) {
      var interval = new TimeInterval(start, plan.units());
      var query = new Query.OfInterval(interval);
      var asked = asked(task, query);
      if (own.isPresent() && !own.get().overlaps(interval)
          || over.contains(asked)
          || !rested(asked)) {
        continue;
      }
      var kept = collector.open(task, query);
      if (kept.isOver()) {
        over.add(asked);
      } else if (!goOn(task, kept)) {
        return;
      }
    }
  }

  /** False when the task has to wait for its next round. */
  private boolean goOn(PublicTask task, KeptCollection kept) {
    var asked = new Asked(task.task().id(), kept.request().encoded());
    if (!rested(asked) || !gone.add(asked)) {
      return true;
    }
    try {
      var outcome =
          run.forAWhile(task, kept, Duration.ofNanos(Math.max(0, until - System.nanoTime())));
      if (outcome instanceof Outcome.Refused) {
        pause(asked, longest(kept));
      } else {
        pauses.remove(asked);
      }
      told.outcome(task, kept.request().query(), outcome);
      return true;
    } catch (DapAnswerException | ApiProblem | CommandFault away) {
      told.away(task, Optional.of(kept.request().query()), away, false);
      return false;
    } catch (RuntimeException unopened) { // whatever one aggregator sends, other tasks go on
      pause(asked, LONGEST_PAUSE);
      told.away(task, Optional.of(kept.request().query()), unopened, true);
      return true;
    }
  }

  private static Asked asked(PublicTask task, Query query) {
    return new Asked(task.task().id(), CollectionJobReq.of(query).encoded());
  }

  private boolean rested(Asked asked) {
    var pause = pauses.get(asked);
    return pause == null || !clock.instant().isBefore(pause.until);
  }

  /** That no batch is ready is the rule between two that the leader selects, and no evidence. */
  private static Duration longest(KeptCollection kept) {
    return kept.request().query() instanceof Query.NextBatch ? LONGEST_BETWEEN : LONGEST_PAUSE;
  }

  private void pause(Asked asked, Duration longest) {
    var before = pauses.get(asked);
    var length =
        before == null
            ? FIRST_PAUSE
            : before.length.multipliedBy(2).compareTo(longest) < 0
                ? before.length.multipliedBy(2)
                : longest;
    pauses.put(asked, new Pause(clock.instant().plus(length), length));
  }
}
