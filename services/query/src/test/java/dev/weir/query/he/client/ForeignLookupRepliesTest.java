package dev.weir.query.he.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.compliance.Control;
import dev.weir.he.HeLibrary;
import dev.weir.he.oprf.Element;
import dev.weir.he.oprf.Proof;
import dev.weir.query.he.client.RecordLookup.Ended;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.runtime.json.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Replies to lookups that the service, or who stands before it, has changed: refused, or so little
 * changed that they still open to the record asked for. Never to another one.
 */
@Control("HEQ-12")
class ForeignLookupRepliesTest {
  private static final int HEAD = Element.BYTES + Proof.BYTES;
  private static final int WANTED = 7;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final BuilderKey key = BuilderKey.generate(LookupTerms.parameters(), RANDOM);
  private final LookupEvaluator evaluator = new LookupEvaluator(RANDOM);

  @AfterEach
  void close() {
    evaluator.close();
    key.close();
    assertThat(HeLibrary.loaded().liveObjects()).isZero();
  }

  @Test
  void replyToAnIndex_thatWasChanged_isRefused() {
    var service = new Between(By.INDEX);
    assertThat(look(service)).contains(LookupEvaluator.record(WANTED));
    byte[] before = service.last;
    for (int i = 0; i < 6; i++) {
      service.change = this::spliced;
      assertThatThrownBy(() -> look(service)).as("seed %d", seed).isInstanceOf(ClientRefusal.class);
      service.change = reply -> flipped(reply, random.nextInt(HEAD));
      assertThatThrownBy(() -> look(service)).as("seed %d", seed).isInstanceOf(ClientRefusal.class);
    }
    service.change = reply -> before; // replayed
    assertThatThrownBy(() -> look(service)).isInstanceOf(ClientRefusal.class);
    service.change = reply -> part(reply, new byte[reply.length]); // transparent
    assertThatThrownBy(() -> look(service)).isInstanceOf(ClientRefusal.class);
    service.change = reply -> part(reply, before); // the part of another question of this key
    assertThat(look(service)).contains(LookupEvaluator.record(WANTED)); // for the same record
  }

  @Test
  void replyToAKeyword_thatWasChanged_opensToNoOtherRecord() {
    var service = new Between(By.KEYWORD);
    for (int i = 0; i < 6; i++) {
      service.change = this::spliced;
      assertThat(look(service)).as("seed %d", seed).isEmpty();
      service.change = reply -> flipped(reply, random.nextInt(HEAD));
      assertThatThrownBy(() -> look(service)).as("seed %d", seed).isInstanceOf(ClientRefusal.class);
    }
  }

  private Optional<Map<String, String>> look(Between service) {
    var lookup = new RecordLookup(service, key, UploadedKeys.inMemory(), RANDOM);
    var ticket = lookup.ticket("contract", "product", "trial", service.by);
    var ended =
        service.by == By.INDEX
            ? lookup.look(
                ticket,
                WANTED,
                AnsweredCells.UNSIGNED,
                Keeping.untilThisProcessEnds(),
                Duration.ZERO)
            : lookup.look(
                ticket,
                "r" + WANTED,
                AnsweredCells.UNSIGNED,
                Keeping.untilThisProcessEnds(),
                Duration.ZERO);
    return ((Ended.Found) ended)
        .record()
        .map(record ->
            record.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().orElseThrow())));
  }

  /** The looked-up part exchanged for other bytes, from somewhere on. */
  private byte[] spliced(byte[] reply) {
    byte[] noise = new byte[reply.length];
    random.nextBytes(noise);
    return part(reply, noise);
  }

  private static byte[] part(byte[] reply, byte[] other) {
    byte[] changed = other.clone();
    System.arraycopy(reply, 0, changed, 0, HEAD);
    return changed;
  }

  private static byte[] flipped(byte[] reply, int at) {
    byte[] changed = reply.clone();
    changed[at] ^= 1;
    return changed;
  }

  /** A service, and who changes what it says. Confined to one thread. */
  private final class Between implements QuestionService {
    private final By by;
    private final LookupEvaluator.Table table;
    private final ObjectNode ticket;
    private UnaryOperator<byte[]> change = reply -> reply;
    private byte[] keys = {};
    private byte[] last = {};

    private Between(By by) {
      this.by = by;
      this.table = evaluator.table(by);
      this.ticket = (ObjectNode) PageClientTest.ticket(table);
    }

    @Override
    public JsonNode ticket(String contractId, String productId, String purpose, String kind) {
      return ticket;
    }

    @Override
    public JsonNode ticket(String contractId, String productId, String purpose) {
      throw new IllegalStateException("no sum is asked for");
    }

    @Override
    public JsonNode ticketWithoutKeys(
        String contractId, String productId, String purpose, String rollupId) {
      throw new IllegalStateException("no sum is asked for");
    }

    @Override
    public boolean holdsKeys(String sha256) {
      return SwitchingKeys.sha256(keys).equals(sha256);
    }

    @Override
    public JsonNode uploadKeys(byte[] packed) {
      keys = packed.clone();
      return Json.mapper().createObjectNode();
    }

    @Override
    public JsonNode ask(UUID id, byte[] question) {
      var base64 = Base64.getEncoder();
      var asked =
          Json.mapper()
              .createObjectNode()
              .put("question", base64.encodeToString(question))
              .put("keys", base64.encodeToString(keys));
      last = Base64.getDecoder().decode(table.answered(asked));
      return ticket.deepCopy().put("status", "DONE");
    }

    @Override
    public JsonNode read(UUID id) {
      return ticket.deepCopy().put("status", "DONE");
    }

    @Override
    public byte[] reply(UUID id) {
      return change.apply(Arrays.copyOf(last, last.length));
    }
  }
}
