package dev.weir.query.he.replay;

import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemException;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.rollup.PublishedCells;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Does one evaluation over again and compares it byte for byte. Thread-safe.
 *
 * @param kept what the service says it was
 * @param logged what the evidence says
 * @param askers public keys of the party that the leaf names, from the directory of participants
 */
public record Replay(Kept kept, Logged logged, List<ParticipantState.Key> askers) {
  public Replay {
    askers = List.copyOf(askers);
  }

  /** What does not agree; each names one thing that was changed, or made otherwise than logged. */
  public enum Finding {
    LEAF("该叶子属于另一次计算", "the leaf is about another evaluation"),
    QUESTION(
        "问题不是所记录的那一个，或其信封、密钥属于另一问题",
        "the question, its envelope's digest or its keys are not those that were logged"),
    ENVELOPE(
        "信封绑定了另一合约、决定、参数集、条目或数据周期",
        "the envelope binds another contract, decision, parameter set, entries or epoch"),
    SIGNER(
        "信封所称签名密钥并非提问方现时登记的密钥，签名未能验证",
        "the signing key is none that the asker has registered now; the signature is not verified"),
    SIGNATURE("提问方的密钥验证不了信封的签名", "the asker's key does not verify the envelope's signature"),
    CELLS("单元不是所发布的那些", "the cells are not those that were released"),
    RESULT("同一问题在同一单元上得出另一结果", "the same question over the same cells gives another result"),
    REPLY("答复不是由该结果封装而成", "the reply is not what the result is packed into");

    private final Bilingual meaning;

    Finding(String zh, String en) {
      this.meaning = new Bilingual(zh, en);
    }

    public Bilingual meaning() {
      return meaning;
    }
  }

  /**
   * What came of it.
   *
   * @param resultSha256 of doing it over; empty when it could not be done
   * @param cells as they were read; empty of a lookup, whose records are locked
   */
  public record Outcome(
      List<Finding> findings, String resultSha256, Optional<PublishedCells> cells) {
    public Outcome {
      findings = List.copyOf(findings);
    }

    public boolean agrees() {
      return findings.isEmpty();
    }
  }

  /**
   * @param question as it was sent
   * @param tiles the stored cells, tile after tile; or the locked records of a lookup
   * @param keys the switching keys that a question named; empty of a sum
   * @param reply as it was handed out
   * @throws IllegalArgumentException when it is of a shape that this library does not evaluate, or
   *     tiles or question are not even of their form
   */
  public Outcome run(byte[] question, byte[] tiles, byte[] keys, byte[] reply) {
    return kept.lookup()
        .map(terms -> new LookupReplay(this, terms).run(question, tiles, keys, reply))
        .orElseGet(() -> overCells(question, tiles, keys, reply));
  }

  private Outcome overCells(byte[] question, byte[] tiles, byte[] keys, byte[] reply) {
    var layout =
        kept.layout()
            .orElseThrow(() -> new IllegalArgumentException("no parameter set of that name"));
    var findings = new ArrayList<Finding>();
    note(findings, Finding.LEAF, logged.ticket().equals(kept.id().toString()));
    var asked = question(question, layout);
    String digest = EncryptedQuestion.sha256(asked.ciphertexts());
    note(
        findings,
        Finding.QUESTION,
        digest.equals(logged.questionSha256()) && isOf(asked) && names(asked, keys));
    noteAsker(findings, asked);
    var cells = PublishedCells.ofTiles(kept.cells(), kept.width(), tiles);
    note(findings, Finding.CELLS, cells.root().equals(logged.tileRoot()));
    var again = evaluate(layout, asked, keys, cells);
    String result = again.map(Evaluated::resultSha256).orElse("");
    note(findings, Finding.RESULT, result.equals(logged.resultSha256()));
    note(
        findings,
        Finding.REPLY,
        again.filter(made -> Arrays.equals(made.replyBytes(), reply)).isPresent()
            && Json.sha256Hex(reply).equals(logged.replySha256()));
    return new Outcome(findings, result, Optional.of(cells));
  }

  private boolean oneHot() {
    return kept.kind() == QuestionKind.ONE_HOT;
  }

  /** Whether a question that names keys names these. */
  private boolean names(EncryptedQuestion asked, byte[] keys) {
    return !oneHot()
        || kept.layout()
            .flatMap(layout -> OneHotParts.read(layout.parameters(), asked.ciphertexts()))
            .filter(parts -> parts.keysSha256().equals(SwitchingKeys.sha256(keys)))
            .isPresent();
  }

  private EncryptedQuestion question(byte[] bytes, CellLayout layout) {
    try {
      return oneHot()
          ? EncryptedQuestion.readOneHot(ByteBuffer.wrap(bytes))
          : EncryptedQuestion.read(ByteBuffer.wrap(bytes), layout.terms());
    } catch (ProblemException e) {
      throw new IllegalArgumentException("the kept question is not of its form", e);
    }
  }

  /** Empty when what was kept cannot be evaluated at all, and so never gave the reply. */
  private Optional<Evaluated> evaluate(
      CellLayout layout, EncryptedQuestion asked, byte[] keys, PublishedCells cells) {
    try (var context = HeContext.open(layout.parameters(), new SecureRandom());
        var table = new CellTable(context, layout)) {
      for (int measure = 0; measure < kept.width(); measure++) {
        for (int cell = 0; cell < kept.cells(); cell++) {
          table.set(measure, cell, cells.value(cell, measure));
        }
      }
      table.publish();
      return oneHot()
          ? oneHot(context, table, asked, keys)
          : Optional.of(Evaluated.sums(context, table, asked.limbs(layout.parameters())));
    } catch (HeException | ProblemException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Evaluated> oneHot(
      HeContext context, CellTable table, EncryptedQuestion asked, byte[] keys) {
    var set = context.parameters();
    var parts = OneHotParts.read(set, asked.ciphertexts());
    var wire =
        SwitchingKeys.read(set, keys)
            .filter(read -> SwitchingKeys.suffice(read, set, table.layout().leaves()));
    if (parts.isEmpty() || wire.isEmpty()) {
      return Optional.empty();
    }
    try (var opened = wire.get().open(context)) {
      var one = new Evaluated.Expandable(parts.get().query(), opened);
      return Optional.of(Evaluated.oneHot(context, table, List.of(one)).getFirst());
    }
  }

  /** Whether the envelope is of these ciphertexts and this evaluation. */
  boolean isOf(EncryptedQuestion asked) {
    var envelope = asked.envelope();
    return envelope.questionSha256().equals(EncryptedQuestion.sha256(asked.ciphertexts()))
        && envelope.ticketId().equals(kept.id());
  }

  /** Whether it was the asker's, and about what was logged: a service cannot make one up. */
  void noteAsker(List<Finding> findings, EncryptedQuestion asked) {
    note(findings, Finding.ENVELOPE, logged.asked().isOf(asked.envelope()));
    var named =
        askers.stream()
            .filter(key ->
                key.keyId().equals(asked.signingKeyId()) && key.suite().equals(asked.suite()))
            .toList();
    note(findings, Finding.SIGNER, !named.isEmpty());
    note(findings, Finding.SIGNATURE, named.isEmpty() || asked.signedWith(named));
  }

  static void note(List<Finding> findings, Finding finding, boolean agrees) {
    if (!agrees) {
      findings.add(finding);
    }
  }
}
