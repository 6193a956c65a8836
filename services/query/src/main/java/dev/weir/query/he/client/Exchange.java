package dev.weir.query.he.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Has questions kept, sends them, waits for their ends, and has each reply kept as it comes.
 * Confined to one thread.
 */
final class Exchange {
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final QuestionService service;
  private final BuilderKey key;
  private final Keeping keeping;

  Exchange(QuestionService service, BuilderKey key, Keeping keeping) {
    this.service = service;
    this.key = key;
    this.keeping = keeping;
  }

  /** How questions ended. */
  sealed interface Ended {
    record Answered(AskedQuestions asked) implements Ended {}

    /**
     * At least one has no reply, or none yet; those that came are kept.
     *
     * @param ticket of the first of these, as it is now
     */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  /** For new questions, with their bytes by ticket. */
  Ended ask(AskedQuestions asked, Map<UUID, ByteBuffer> unsent, Duration patience) {
    keeping.keep(asked, unsent);
    asked.questions().forEach(one -> send(one.ticket().id(), unsent));
    return replies(asked, patience);
  }

  /**
   * For questions that were kept before, by a process that is gone.
   *
   * @throws ClientRefusal when they are of another key, or were changed since
   */
  Ended resume(AskedQuestions asked, Map<UUID, ByteBuffer> unsent, Duration patience) {
    for (var one : asked.questions()) {
      one.require(key);
      if (one.reply().isEmpty()) {
        var now = one.ticket().endedAs(read(one.ticket().id()));
        if (now.unasked() && !unsent.containsKey(now.id())) {
          return new Ended.Unanswered(now);
        }
        if (now.unasked()) {
          send(now.id(), unsent);
        }
      }
    }
    return replies(asked, patience);
  }

  private void send(UUID ticket, Map<UUID, ByteBuffer> unsent) {
    var question = Optional.ofNullable(unsent.get(ticket)).orElseThrow();
    byte[] bytes = new byte[question.remaining()];
    question.duplicate().get(bytes);
    service.ask(ticket, bytes);
  }

  private Ended replies(AskedQuestions asked, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    var all = new ArrayList<>(asked.questions());
    var without = new ArrayList<Ticket>();
    for (int i = 0; i < all.size(); i++) {
      var one = all.get(i);
      if (one.reply().isEmpty()) {
        var now = one.ticket().endedAs(ended(one.ticket().id(), until));
        if (now.done()) {
          all.set(i, one.answered(key, now, service.reply(now.id())));
          keeping.keep(new AskedQuestions(List.copyOf(all), asked.score()), Map.of());
        } else {
          without.add(now);
        }
      }
    }
    return without.isEmpty()
        ? new Ended.Answered(new AskedQuestions(all, asked.score()))
        : new Ended.Unanswered(without.getFirst());
  }

  private Ticket ended(UUID id, long until) {
    var now = read(id);
    while (!now.ended() && System.nanoTime() < until) {
      LockSupport.parkNanos(PAUSE.toNanos());
      now = read(id);
    }
    return now;
  }

  private Ticket read(UUID id) {
    return Ticket.of(service.read(id));
  }
}
