package dev.weir.query.he.replay;

import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordTable;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ProblemException;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.he.replay.Replay.Finding;
import dev.weir.query.he.replay.Replay.Outcome;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Does one lookup over again. What is under the evaluation's key cannot be done over without it:
 * that part of the reply is held to its proof, the rest compared byte for byte. Thread-safe.
 */
record LookupReplay(Replay replay, LookupTerms terms) {

  /**
   * @throws IllegalArgumentException when the question is not even of its form
   */
  Outcome run(byte[] question, byte[] records, byte[] keys, byte[] reply) {
    var findings = new ArrayList<Finding>();
    var logged = replay.logged();
    Replay.note(findings, Finding.LEAF, logged.ticket().equals(replay.kept().id().toString()));
    var asked = question(question);
    var parts = LookupParts.read(terms.shape(), asked.ciphertexts());
    String digest = EncryptedQuestion.sha256(asked.ciphertexts());
    Replay.note(
        findings,
        Finding.QUESTION,
        digest.equals(logged.questionSha256())
            && replay.isOf(asked)
            && parts.filter(p -> p.keysSha256().equals(SwitchingKeys.sha256(keys))).isPresent());
    replay.noteAsker(findings, asked);
    Replay.note(findings, Finding.CELLS, Json.sha256Hex(records).equals(logged.tileRoot()));
    var again =
        parts.flatMap(p ->
            SwitchingKeys.read(LookupShape.PARAMETERS, keys).flatMap(k -> evaluate(p, k, records)));
    String result = again.map(Evaluated::resultSha256).orElse("");
    Replay.note(findings, Finding.RESULT, result.equals(logged.resultSha256()));
    Replay.note(
        findings,
        Finding.REPLY,
        again.filter(made -> agrees(made, reply)).isPresent()
            && parts.filter(p -> proven(p, reply)).isPresent()
            && Json.sha256Hex(reply).equals(logged.replySha256()));
    return new Outcome(findings, result, Optional.empty());
  }

  private static EncryptedQuestion question(byte[] bytes) {
    try {
      return EncryptedQuestion.readLookup(ByteBuffer.wrap(bytes));
    } catch (ProblemException e) {
      throw new IllegalArgumentException("the kept question is not of its form", e);
    }
  }

  /** Empty when what was kept cannot be evaluated at all, and so never gave the reply. */
  private Optional<Evaluated> evaluate(LookupParts parts, WireGaloisKeys keys, byte[] records) {
    if (records.length != terms.shape().records() * LookupShape.RECORD_BYTES) {
      return Optional.empty();
    }
    try (var context = HeContext.open(LookupShape.PARAMETERS, new SecureRandom());
        var opened = keys.open(context);
        var table = RecordTable.of(context, terms.shape().lookup(), ByteBuffer.wrap(records))) {
      var one = new Evaluated.Expandable(parts.queries(), opened);
      return Optional.of(Evaluated.lookups(context, table, List.of(one)).getFirst());
    } catch (HeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean agrees(Evaluated made, byte[] reply) {
    return reply.length == terms.replyBytes()
        && Arrays.equals(made.replyBytes(), bytes(terms.packed(ByteBuffer.wrap(reply))));
  }

  /** With the key that was announced and logged. */
  private boolean proven(LookupParts parts, byte[] reply) {
    try {
      terms.evaluation(ByteBuffer.wrap(reply)).verify(terms.key(), List.of(parts.blinded()));
      return terms.publicKey().equals(replay.logged().publicKey());
    } catch (OprfException | IllegalArgumentException | java.nio.BufferUnderflowException e) {
      return false;
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
