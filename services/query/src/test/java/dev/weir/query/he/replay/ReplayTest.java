package dev.weir.query.he.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.compliance.Control;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretKey;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.OneHotQuestion;
import dev.weir.he.query.SumQuestion;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.Envelope;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.he.replay.Replay.Finding;
import dev.weir.query.rollup.PublishedCells;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.signing.SigningSuite;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was logged is done over; every kind of change to what was kept is found and named. */
class ReplayTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final CellLayout LAYOUT = new CellLayout(SET, 4, 2, 24);
  private static final Kept KEPT = kept(QuestionKind.SUM);

  private static Kept kept(QuestionKind kind) {
    return new Kept(
        UUID.randomUUID(),
        kind,
        new ContractId(UUID.randomUUID()),
        "ab".repeat(16),
        1,
        SET.label(),
        4,
        2,
        24,
        Optional.empty(),
        LeafId.random());
  }

  private static final byte[] NONE = new byte[0];
  private static final UUID DECISION = UUID.randomUUID();
  private static final KeyPair SIGNING = SigningSuite.INTL.generate(RANDOM);
  private static final KeyPair OTHER = SigningSuite.INTL.generate(RANDOM);
  private static final ParticipantState.Key KEY = key("asker", SIGNING);
  private static final ParticipantState.Key OTHER_KEY = key("other", OTHER);
  private static final List<ParticipantState.Key> KEYS = List.of(KEY);

  private static ParticipantState.Key key(String id, KeyPair pair) {
    return new ParticipantState.Key(
        id, "intl", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  private static Logged.Asked about(Kept kept) {
    return new Logged.Asked(
        "91440000000000001",
        kept.contractId().toString(),
        DECISION.toString(),
        SET.label(),
        kept.rollupId(),
        Long.toString(kept.dataVersion()));
  }

  private HeContext context;
  private SecretKey secret;
  private final byte[] tiles = tiles();
  private byte[] question;
  private byte[] reply;
  private Logged logged;

  @BeforeEach
  void evaluate() {
    context = HeContext.open(SET, RANDOM);
    secret = context.generateSecretKey();
    question = question(1);
    var cells = PublishedCells.ofTiles(4, 2, tiles);
    try (var table = table(cells)) {
      var asked = EncryptedQuestion.read(ByteBuffer.wrap(question), 1);
      var evaluated = Evaluated.sums(context, table, asked.limbs(SET));
      reply = evaluated.replyBytes();
      logged =
          new Logged(
              KEPT.id().toString(),
              about(KEPT),
              asked.envelope().questionSha256(),
              cells.root(),
              evaluated.resultSha256(),
              Json.sha256Hex(reply),
              "");
    }
  }

  @AfterEach
  void close() {
    secret.close();
    context.close();
  }

  @Test
  @Control("HEQ-04")
  void replay_ofWhatWasLogged_agreesByteForByte() {
    var outcome = new Replay(KEPT, logged, KEYS).run(question, tiles, NONE, reply);
    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.agrees()).isTrue();
    assertThat(outcome.resultSha256()).isEqualTo(logged.resultSha256());
  }

  /** One small ciphertext and the keys that expand it, done over byte for byte. */
  @Test
  @Control("HEQ-04")
  void oneHotQuestion_isDoneOver_andOtherKeysAreFound() {
    var few = kept(QuestionKind.ONE_HOT);
    var asker = new OneHotQuestion(context, LAYOUT);
    var elements = asker.keyElements();
    byte[] keys =
        SwitchingKeys.write(SET, new WireGaloisKeys(elements, secret.galoisKeys(elements)));
    byte[] other =
        SwitchingKeys.write(SET, new WireGaloisKeys(elements, secret.galoisKeys(elements)));
    var parts =
        OneHotParts.write(SET, asker.ask(secret, List.of(2, 0)), SwitchingKeys.sha256(keys));
    byte[] sent = question(few, parts);
    var cells = PublishedCells.ofTiles(4, 2, tiles);
    try (var table = table(cells);
        var opened = SwitchingKeys.read(SET, keys).orElseThrow().open(context)) {
      var query = OneHotParts.read(SET, parts).orElseThrow().query();
      var evaluated =
          Evaluated.oneHot(context, table, List.of(new Evaluated.Expandable(query, opened)))
              .getFirst();
      byte[] replied = evaluated.replyBytes();
      assertThat(asker.values(secret, List.of(2, 0), ByteBuffer.wrap(replied)))
          .containsExactly(
              List.of(BigInteger.valueOf(7), BigInteger.valueOf(70)),
              List.of(BigInteger.valueOf(3), BigInteger.valueOf(30)));
      var replay =
          new Replay(
              few,
              new Logged(
                  few.id().toString(),
                  about(few),
                  EncryptedQuestion.sha256(parts),
                  cells.root(),
                  evaluated.resultSha256(),
                  Json.sha256Hex(replied),
                  ""),
              KEYS);
      assertThat(replay.run(sent, tiles, keys, replied).findings()).isEmpty();
      assertThat(replay.run(sent, tiles, other, replied).findings())
          .containsExactly(Finding.QUESTION, Finding.RESULT, Finding.REPLY);
      assertThat(replay.run(sent, tiles, NONE, replied).findings())
          .containsExactly(Finding.QUESTION, Finding.RESULT, Finding.REPLY);
    }
  }

  @Test
  @Control("HEQ-04")
  void reply_withOneBitChanged_isFound() {
    byte[] changed = reply.clone();
    changed[changed.length / 2] ^= 4;
    assertThat(new Replay(KEPT, logged, KEYS).run(question, tiles, NONE, changed).findings())
        .containsExactly(Finding.REPLY);
  }

  @Test
  @Control("HEQ-04")
  void tile_withOneCellChanged_isFound_alsoWhenItsRootWasForged() {
    byte[] changed = tiles.clone();
    changed[Long.BYTES - 1] ^= 1;
    assertThat(new Replay(KEPT, logged, KEYS).run(question, changed, NONE, reply).findings())
        .containsExactly(Finding.CELLS, Finding.RESULT, Finding.REPLY);
    String forged = PublishedCells.ofTiles(4, 2, changed).root();
    var lying =
        new Logged(
            logged.ticket(),
            logged.asked(),
            logged.questionSha256(),
            forged,
            logged.resultSha256(),
            logged.replySha256(),
            "");
    assertThat(new Replay(KEPT, lying, KEYS).run(question, changed, NONE, reply).findings())
        .containsExactly(Finding.RESULT, Finding.REPLY);
  }

  @Test
  void cellBeyondItsBits_isFound_thoughItCannotBeEvaluated() {
    byte[] changed = tiles.clone();
    changed[0] = 0x7f;
    assertThat(new Replay(KEPT, logged, KEYS).run(question, changed, NONE, reply).findings())
        .containsExactly(Finding.CELLS, Finding.RESULT, Finding.REPLY);
  }

  @Test
  @Control("HEQ-04")
  void anotherQuestion_orAnotherTicketsLeaf_isFound() {
    assertThat(new Replay(KEPT, logged, KEYS).run(question(0), tiles, NONE, reply).findings())
        .containsExactly(Finding.QUESTION, Finding.RESULT, Finding.REPLY);
    var other =
        new Logged(
            UUID.randomUUID().toString(),
            logged.asked(),
            logged.questionSha256(),
            logged.tileRoot(),
            logged.resultSha256(),
            logged.replySha256(),
            "");
    assertThat(new Replay(KEPT, other, KEYS).run(question, tiles, NONE, reply).findings())
        .containsExactly(Finding.LEAF);
  }

  @Test
  void materialThatIsNotOfItsForm_isRefused() {
    var replay = new Replay(KEPT, logged, KEYS);
    assertThatThrownBy(() -> replay.run(new byte[9], tiles, NONE, reply))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> replay.run(question, new byte[9], NONE, reply))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> replay.run(question, new byte[tiles.length + 1], NONE, reply))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leafWithoutFigures_agreesWithNothing() {
    var empty = Logged.of((ObjectNode) Json.mapper().createObjectNode());
    assertThat(
            new Replay(KEPT, empty, List.of(OTHER_KEY))
                .run(question, tiles, NONE, reply)
                .findings())
        .containsExactlyInAnyOrder(
            Finding.LEAF,
            Finding.QUESTION,
            Finding.ENVELOPE,
            Finding.SIGNER,
            Finding.CELLS,
            Finding.RESULT,
            Finding.REPLY);
  }

  private CellTable table(PublishedCells cells) {
    var table = new CellTable(context, LAYOUT);
    for (int measure = 0; measure < 2; measure++) {
      for (int cell = 0; cell < 4; cell++) {
        table.set(measure, cell, cells.value(cell, measure));
      }
    }
    table.publish();
    return table;
  }

  /** Four cells of a count and a sum, all shown. */
  private static byte[] tiles() {
    var bytes = ByteBuffer.allocate(4 * 2 * Long.BYTES + 1);
    for (long value : new long[] {3, 30, 5, -50, 7, 70, 0, 0}) {
      bytes.putLong(value);
    }
    return bytes.put((byte) 0b1111).array();
  }

  private byte[] question(long weight) {
    var seeded = new SumQuestion(context, LAYOUT).ask(secret, key -> weight);
    var writer = new SealWriter(SealForm.CURRENT, Compression.NONE);
    return question(KEPT, List.of(ByteBuffer.wrap(writer.ciphertext(SET, 0, seeded))));
  }

  private static byte[] question(Kept kept, List<ByteBuffer> ciphertexts) {
    var envelope = envelope(kept, ciphertexts, kept.dataVersion());
    return question(envelope, KEY.keyId(), SIGNING, ciphertexts);
  }

  private static Envelope envelope(Kept kept, List<ByteBuffer> ciphertexts, long version) {
    return new Envelope(
        Envelope.VERSION,
        kept.id(),
        kept.contractId().value(),
        DECISION,
        SET.label(),
        kept.rollupId(),
        version,
        "ab".repeat(32),
        EncryptedQuestion.sha256(ciphertexts),
        Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static byte[] question(
      Envelope envelope, String keyId, KeyPair signing, List<ByteBuffer> ciphertexts) {
    byte[] signature = SigningSuite.INTL.sign(signing.getPrivate(), envelope.bytes(), RANDOM);
    return new EncryptedQuestion(envelope, "intl", keyId, ByteBuffer.wrap(signature), ciphertexts)
        .bytes();
  }

  /** As a service would that makes a question up under somebody's ticket and logs its digest. */
  @Test
  @Control("HEQ-04")
  void questionThatTheAskerDidNotSign_orSignedForAnotherEpoch_isFound() {
    var asked = EncryptedQuestion.read(ByteBuffer.wrap(question), 1);
    var parts = asked.ciphertexts();
    byte[] zeros =
        new EncryptedQuestion(
                asked.envelope(), "intl", KEY.keyId(), ByteBuffer.wrap(new byte[64]), parts)
            .bytes();
    var replay = new Replay(KEPT, logged, List.of(KEY));
    assertThat(replay.run(zeros, tiles, NONE, reply).findings()).containsExactly(Finding.SIGNATURE);
    byte[] byAnother = question(asked.envelope(), KEY.keyId(), OTHER, parts);
    assertThat(replay.run(byAnother, tiles, NONE, reply).findings())
        .containsExactly(Finding.SIGNATURE);
    byte[] named = question(asked.envelope(), OTHER_KEY.keyId(), OTHER, parts);
    assertThat(replay.run(named, tiles, NONE, reply).findings()).containsExactly(Finding.SIGNER);
    byte[] later = question(envelope(KEPT, parts, 2), KEY.keyId(), SIGNING, parts);
    assertThat(replay.run(later, tiles, NONE, reply).findings()).containsExactly(Finding.ENVELOPE);
    byte[] forged =
        new EncryptedQuestion(
                envelope(KEPT, parts, 2), "intl", KEY.keyId(), asked.signature(), parts)
            .bytes();
    assertThat(replay.run(forged, tiles, NONE, reply).findings())
        .containsExactly(Finding.ENVELOPE, Finding.SIGNATURE);
  }
}
