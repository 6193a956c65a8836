package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.collector.KeptCollection;
import dev.weir.aggregation.collector.KeptCollection.Pause;
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
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.embedded.EmbeddedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the collector's process does again and again: ends what it began, then collects each batch
 * whose time is over and whose late reports were waited for. What one task or batch meets keeps no
 * other one waiting; a batch that is refused is asked for again ever more rarely, since each
 * refusal is evidence at both aggregators. Confined.
 */
final class CollectorRounds {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final Duration LONGEST_BETWEEN = Duration.ofMinutes(10);

  private final boolean resumes;
  private final Collector collector;
  private final CollectorRun run;
  private final InstantSource clock;
  private final Told told;
  private final Map<Asked, Pause> pauses = new HashMap<>();
  private final Set<Asked> gone = new HashSet<>();
  private final Set<Asked> over = new HashSet<>();
  private final Set<TaskId> known = new HashSet<>();
  private long until = System.nanoTime();

  /** Hears what becomes of tasks. */
  interface Told {
    /** A collection of what was asked for ended, or still waits. */
    void outcome(PublicTask task, Query query, Outcome outcome);

    /**
     * A task could not be gone on with now.
     *
     * @param query what was asked for; empty when nothing was yet
     */
    void away(PublicTask task, Optional<Query> query, RuntimeException why, Fault fault);
  }

  /** Why a task cannot be gone on with. */
  enum Fault {
    /** Leader or control plane: for now. */
    AWAY,
    /** A share does not open, or what is kept is damaged: no waiting mends it. */
    UNOPENED,
    /** The collector's directory cannot be read or written: for now. */
    UNKEPT
  }

  /** Tasks may well ask for the same interval. */
  private record Asked(TaskId task, Bytes request) {}

  /**
   * @param resumes false for somebody who wants an answer now, whatever was refused before
   */
  CollectorRounds(Collector collector, InstantSource clock, Told told, boolean resumes) {
    this.resumes = resumes;
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
      recall(task);
      all(task, plan);
    } catch (RuntimeException damaged) { // what is kept of one task keeps no other waiting
      told.away(task, Optional.empty(), damaged, fault(damaged));
    }
  }

  /** A process that begins anew knows what the one before it ended, and rests as long. */
  private void recall(PublicTask task) {
    if (known.add(task.task().id())) {
      collector.all(task).forEach(kept -> recall(task, kept));
    }
  }

  private void recall(PublicTask task, KeptCollection kept) {
    readable(task, kept)
        .ifPresent(asked -> {
          if (kept.isForgotten()) {
            over.add(asked);
          } else if (resumes && kept.isWaitedFor()) {
            kept.pause().ifPresent(pause -> pauses.merge(asked, pause, CollectorRounds::later));
          }
        });
  }

  /** None where it is damaged: that is told of where it goes on, if it does. */
  private static Optional<Asked> readable(PublicTask task, KeptCollection kept) {
    try {
      return Optional.of(asked(task, kept));
    } catch (UncheckedIOException | ProblemException damaged) {
      return Optional.empty();
    }
  }

  private static Pause later(Pause one, Pause other) {
    return one.until().isBefore(other.until()) ? other : one;
  }

  private static Fault fault(RuntimeException why) {
    return why instanceof UncheckedIOException || why instanceof EmbeddedException
        ? Fault.UNKEPT
        : Fault.UNOPENED;
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

  /**
   * From the first batch on to the last that nobody contributes to any more, within the task's own
   * time.
   */
  private void intervals(PublicTask task, CollectorConfiguration.Plan plan) {
    long precision = task.task().configuration().timePrecisionSeconds();
    var late = plan.after().plusSeconds(task.terms().clockSkewSeconds());
    long end = clock.instant().minus(late).getEpochSecond() / precision;
    long start = plan.from().getEpochSecond() / precision;
    var own = task.task().configuration().interval();
    if (own.isPresent()) {
      long before = Math.max(0, own.get().start() - start);
      start += before / plan.units() * plan.units();
      end = Math.min(end, own.get().start() + own.get().duration() + plan.units() - 1);
    }
    for (; start + plan.units() <= end; start += plan.units()) {
      var query = new Query.OfInterval(new TimeInterval(start, plan.units()));
      var asked = asked(task, query);
      if (over.contains(asked) || !rested(asked)) {
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
    Asked asked;
    try {
      asked = asked(task, kept);
    } catch (RuntimeException damaged) { // a batch of the task, and none of the others
      told.away(task, Optional.empty(), damaged, fault(damaged));
      return true;
    }
    if (!rested(asked) || !gone.add(asked)) {
      return true;
    }
    try {
      var outcome =
          run.forAWhile(task, kept, Duration.ofNanos(Math.max(0, until - System.nanoTime())));
      if (outcome instanceof Outcome.Refused) {
        kept.pause(pause(asked, longest(kept)));
      } else {
        pauses.remove(asked);
      }
      told.outcome(task, kept.request().query(), outcome);
      return true;
    } catch (DapAnswerException | ApiProblem | CommandFault away) {
      told.away(task, Optional.of(kept.request().query()), away, Fault.AWAY);
      return false;
    } catch (UncheckedIOException | EmbeddedException unkept) {
      told.away(task, Optional.of(kept.request().query()), unkept, Fault.UNKEPT);
      return true;
    } catch (RuntimeException unopened) { // whatever one aggregator sends, other tasks go on
      pause(asked, LONGEST_PAUSE);
      told.away(task, Optional.of(kept.request().query()), unopened, Fault.UNOPENED);
      return true;
    }
  }

  private static Asked asked(PublicTask task, Query query) {
    return new Asked(task.task().id(), CollectionJobReq.of(query).encoded());
  }

  private static Asked asked(PublicTask task, KeptCollection kept) {
    return new Asked(task.task().id(), kept.request().encoded());
  }

  private boolean rested(Asked asked) {
    var pause = pauses.get(asked);
    return pause == null || !clock.instant().isBefore(pause.until());
  }

  /** That no batch is ready is the rule between two that the leader selects, and no evidence. */
  private static Duration longest(KeptCollection kept) {
    return kept.request().query() instanceof Query.NextBatch ? LONGEST_BETWEEN : LONGEST_PAUSE;
  }

  private Pause pause(Asked asked, Duration longest) {
    var before = pauses.get(asked);
    var length =
        before == null
            ? FIRST_PAUSE
            : before.length().multipliedBy(2).compareTo(longest) < 0
                ? before.length().multipliedBy(2)
                : longest;
    var pause = new Pause(clock.instant().plus(length), length);
    pauses.put(asked, pause);
    return pause;
  }
}
