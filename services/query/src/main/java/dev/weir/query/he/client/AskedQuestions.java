package dev.weir.query.he.client;

import dev.weir.query.he.Envelope;
import dev.weir.query.he.client.HiddenSums.Question;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Questions that make one answer, with all that opens their replies, as their asker keeps it from
 * before the first is sent. What tells others what was asked is locked for the asker's key.
 *
 * @param questions at least one, in the order of asking
 * @param score of a score, how replies become one: locked; empty of any other question
 */
public record AskedQuestions(List<One> questions, Optional<String> score) {

  /**
   * One question, as it was asked or may have been.
   *
   * @param ticket as it was asked with
   * @param envelope as the asker signed it
   * @param tag the asker's own mark over ticket, envelope and what was selected
   * @param selected locked: of a few hidden cells, which ones; of a lookup, what is looked up, and
   *     the blind
   * @param reply once it came
   */
  public record One(
      Ticket ticket,
      Envelope envelope,
      String tag,
      Optional<String> selected,
      Optional<SavedReply> reply) {

    static One of(BuilderKey key, Ticket ticket, Question question) {
      String tag = tag(key, ticket, question.envelope(), question.selected());
      return new One(ticket, question.envelope(), tag, question.selected(), Optional.empty());
    }

    /**
     * @throws ClientRefusal when it is of another key, or was changed since it was kept
     */
    void require(BuilderKey key) {
      SavedReply.requireKey(key, envelope);
      byte[] ours = tag(key, ticket, envelope, selected).getBytes(StandardCharsets.UTF_8);
      boolean itsReply = reply.stream().allMatch(one -> one.ticket().id().equals(ticket.id()));
      if (!itsReply || !MessageDigest.isEqual(tag.getBytes(StandardCharsets.UTF_8), ours)) {
        throw SavedReply.changed();
      }
    }

    /**
     * @param now the ticket as it ended
     * @throws ClientRefusal when the reply is not of the size that the ticket says
     */
    One answered(BuilderKey key, Ticket now, byte[] bytes) {
      var saved = SavedReply.of(key, ticket.endedAs(now), envelope, selected, bytes);
      return new One(ticket, envelope, tag, selected, Optional.of(saved));
    }

    private static String tag(
        BuilderKey key, Ticket ticket, Envelope envelope, Optional<String> selected) {
      var marked = new ArrayList<Object>(List.of("asked", ticket, envelope));
      selected.ifPresent(marked::add);
      try {
        return key.tag(Json.canonical(marked));
      } catch (IllegalArgumentException e) {
        throw SavedReply.changed(); // a number that nobody could have marked
      }
    }
  }

  public AskedQuestions {
    questions = List.copyOf(questions);
  }

  static AskedQuestions of(BuilderKey key, Ticket ticket, Question question) {
    return new AskedQuestions(List.of(One.of(key, ticket, question)), Optional.empty());
  }

  AskedQuestions ofScore(String locked) {
    return new AskedQuestions(questions, Optional.of(locked));
  }

  /** Whether every reply has come. */
  public boolean answered() {
    return questions.stream().allMatch(one -> one.reply().isPresent());
  }

  /** Whether a reply has come. */
  public boolean begun() {
    return questions.stream().anyMatch(one -> one.reply().isPresent());
  }

  /** The replies that have come. */
  List<SavedReply> replies() {
    return questions.stream().flatMap(one -> one.reply().stream()).toList();
  }
}
