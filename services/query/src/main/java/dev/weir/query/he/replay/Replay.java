package dev.weir.query.he.replay;

import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.kernel.ProblemException;
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
 */
public record Replay(Kept kept, Logged logged) {

  /** What does not agree; each names one thing that was changed, or made otherwise than logged. */
  public enum Finding {
    /** The leaf is about another evaluation. */
    LEAF,
    /** The question is not the one that was logged, or its envelope is of another one. */
    QUESTION,
    /** The cells are not those that were released. */
    CELLS,
    /** The same question over the same cells gives another result. */
    RESULT,
    /** The reply is not what the result is packed into. */
    REPLY
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
        .map(terms -> new LookupReplay(kept, logged, terms).run(question, tiles, keys, reply))
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
        digest.equals(logged.questionSha256()) && isOf(kept, asked) && names(asked, keys));
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

  /**
   * Whether the envelope is of these ciphertexts and this evaluation; its signature is not read.
   */
  static boolean isOf(Kept kept, EncryptedQuestion asked) {
    var envelope = asked.envelope();
    return envelope.questionSha256().equals(EncryptedQuestion.sha256(asked.ciphertexts()))
        && envelope.ticketId().equals(kept.id());
  }

  static void note(List<Finding> findings, Finding finding, boolean agrees) {
    if (!agrees) {
      findings.add(finding);
    }
  }
}
