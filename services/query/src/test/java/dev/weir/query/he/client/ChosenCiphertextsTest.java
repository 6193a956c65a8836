package dev.weir.query.he.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.he.HeLibrary;
import dev.weir.he.HeParameters;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.HiddenSums.Question;
import dev.weir.query.he.client.Selection.Weighted;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Ciphertexts are not authenticated, so that whoever can change a saved reply could have opened
 * what they put in, ten thousand times. The asker's mark keeps all of it from the key.
 */
@Control("HEQ-03")
class ChosenCiphertextsTest {
  private static final int TRIES = 10_000;
  private static final int REPLIES = 4;
  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final BuilderKey key = BuilderKey.generate(SET, RANDOM);
  private final HiddenSums sums = new HiddenSums(key);

  private enum Attack {
    FLIPPED,
    SPLICED,
    SHIFTED,
    MIXED,
    TRANSPARENT,
    FOREIGN,
    REPLAYED
  }

  @AfterEach
  void close() {
    key.close();
    assertThat(HeLibrary.loaded().liveObjects()).isZero();
  }

  @Test
  void chosenCiphertexts_neverReachTheKey_unlessTheMarkLeavesThemOut() {
    // given replies to different questions, the last of each kind to a stranger's
    var some = asked(QuestionKind.SUM);
    var few = asked(QuestionKind.ONE_HOT);
    for (var replies : List.of(some, few)) {
      assertThat(replies.stream().map(this::opened).flatMap(Optional::stream).distinct())
          .hasSize(REPLIES - 1);
    }
    // when
    var reached = new EnumMap<Attack, Integer>(Attack.class);
    for (int i = 0; i < TRIES; i++) {
      var replies = i % 5 == 0 ? some : few; // which are shorter
      var attack = Attack.values()[i % Attack.values().length];
      var forged = forged(attack, replies);
      if (!replies.contains(forged) && opened(forged).isPresent()) {
        reached.merge(attack, 1, Integer::sum);
      }
    }
    // then
    assertThat(reached).as("seed %d", seed).isEmpty();
    // and a mark made for whatever comes in would let every kind of them through
    var honest = some.getFirst();
    var question = new Question(honest.envelope(), ByteBuffer.allocate(0), Optional.empty());
    for (var attack : Attack.values()) {
      byte[] bytes = forged(attack, some).bytes();
      assertThat(opened(sums.save(honest.ticket(), question, bytes)))
          .as("%s, seed %d", attack, seed)
          .isPresent();
    }
  }

  private List<SavedReply> asked(QuestionKind kind) {
    var replies = new ArrayList<SavedReply>();
    try (var stranger = BuilderKey.generate(SET, RANDOM)) {
      for (int i = 0; i < REPLIES; i++) {
        var asker = i == REPLIES - 1 ? stranger : key;
        var ticket = AnsweredCells.countsTicket(new UUID(kind.ordinal(), i), 3 + i, kind);
        var rows =
            List.of(
                new Weighted(List.of("a", "x"), 1 + i), new Weighted(List.of("b", "y"), -2 - i));
        var selection = Selection.weighted(ticket, rows);
        replies.add(
            kind == QuestionKind.SUM
                ? AnsweredCells.reply(asker, ticket, selection)
                : AnsweredCells.fewReply(asker, ticket, selection));
      }
    }
    return replies;
  }

  /** As an attack on a decryptor sends it; now and then an honest one comes out. */
  private SavedReply forged(Attack attack, List<SavedReply> replies) {
    var target = replies.get(random.nextInt(REPLIES - 1));
    var other = any(replies);
    byte[] bytes = target.bytes();
    int from = random.nextInt(bytes.length);
    int to = from + 1 + random.nextInt(bytes.length - from);
    return switch (attack) {
      case FLIPPED -> {
        bytes[from] ^= (byte) (1 + random.nextInt(255));
        yield with(target, bytes);
      }
      case SPLICED -> {
        System.arraycopy(other.bytes(), from, bytes, from, to - from);
        yield with(target, bytes);
      }
      case SHIFTED -> with(target, rotated(bytes, from));
      case MIXED -> {
        byte[] others = other.bytes();
        for (int i = from; i < to; i++) {
          bytes[i] += others[i];
        }
        yield with(target, bytes);
      }
      case TRANSPARENT -> {
        Arrays.fill(bytes, from < bytes.length / 2 ? bytes.length / 2 : 0, bytes.length, (byte) 0);
        yield with(target, bytes);
      }
      case FOREIGN -> with(target, other.bytes());
      case REPLAYED ->
          new SavedReply(
              target.v(),
              target.ticket(),
              any(replies).envelope(),
              any(replies).tag(),
              other.reply(),
              random.nextBoolean() ? any(replies).selected() : Optional.empty());
    };
  }

  private SavedReply any(List<SavedReply> replies) {
    return replies.get(random.nextInt(REPLIES));
  }

  private static byte[] rotated(byte[] bytes, int by) {
    var rotated = ByteBuffer.allocate(bytes.length);
    return rotated.put(bytes, by, bytes.length - by).put(bytes, 0, by).array();
  }

  private static SavedReply with(SavedReply saved, byte[] reply) {
    return new SavedReply(
        saved.v(),
        saved.ticket(),
        saved.envelope(),
        saved.tag(),
        SavedReply.pieces(reply),
        saved.selected());
  }

  private Optional<Map<String, BigDecimal>> opened(SavedReply saved) {
    try {
      return Optional.of(sums.open(saved, Expected.anything()));
    } catch (ClientRefusal refusal) {
      return Optional.empty();
    }
  }
}
