package dev.weir.query.he.client;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.evaluator.Evaluated;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Six cells of two measures, and what a service would answer about them. Stateless. */
final class AnsweredCells {
  static final QuestionSigner UNSIGNED = new Unsigned();

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final int CELL_BITS = 20;
  private static final int COUNT_BITS = 8;
  private static final long[][] CELLS = {{5, -3, 7, 11, 0, 2}, {50, 900, -70, 110, 13, 4}};

  private AnsweredCells() {}

  static Ticket ticket(UUID id, long dataVersion, QuestionKind kind) {
    var layout = new CellLayout(SET, CELLS[0].length, CELLS.length, CELL_BITS);
    return ticket(id, dataVersion, kind, layout, List.of("amount"), List.of("0.01"));
  }

  /** About counts alone: replies are short. */
  static Ticket countsTicket(UUID id, long dataVersion, QuestionKind kind) {
    var layout = new CellLayout(SET, CELLS[0].length, 1, COUNT_BITS);
    return ticket(id, dataVersion, kind, layout, List.of(), List.of());
  }

  private static Ticket ticket(
      UUID id,
      long dataVersion,
      QuestionKind kind,
      CellLayout layout,
      List<String> measures,
      List<String> units) {
    return new Ticket(
        id,
        kind,
        new ContractId(UUID.fromString("0c1d0c1d-0000-4000-8000-000000000001")),
        new ProductId(UUID.fromString("0c1d0c1d-0000-4000-8000-000000000002")),
        "ab".repeat(16),
        dataVersion,
        SET.label(),
        layout.keys(),
        layout.measures(),
        layout.cellBits(),
        "cd".repeat(32),
        kind == QuestionKind.SUM ? layout.terms() : OneHotParts.COUNT,
        kind == QuestionKind.SUM ? layout.replyBytes() : layout.oneHotReplyBytes(),
        new LeafId(UUID.fromString("0c1d0c1d-0000-4000-8000-000000000003")),
        Instant.parse("2026-01-01T00:00:00Z"),
        "OPEN",
        List.of(
            new Ticket.Key("city", List.of("a", "b", "c")),
            new Ticket.Key("kind", List.of("x", "y"))),
        measures,
        units,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** To a question about a sum: its limbs over the cells. */
  static SavedReply reply(BuilderKey key, Ticket asked, Selection selection) {
    var sums = new HiddenSums(key);
    var question = sums.ask(asked, selection, UNSIGNED);
    var read = EncryptedQuestion.read(question.bytes().duplicate(), asked.ciphertexts());
    try (var context = HeContext.open(SET, RANDOM);
        var table = table(context, asked)) {
      var evaluated = Evaluated.sums(context, table, read.limbs(SET));
      return sums.save(asked, question, evaluated.replyBytes());
    }
  }

  /** To a question about a few cells. */
  static SavedReply fewReply(BuilderKey key, Ticket asked, Selection selection) {
    var sums = new HiddenSums(key);
    var elements = GaloisKeys.expansionElements(SET, asked.layout().leaves());
    var question = sums.askFew(asked, selection, "ab".repeat(32), UNSIGNED);
    var read = EncryptedQuestion.readOneHot(question.bytes().duplicate());
    var query = OneHotParts.read(SET, read.ciphertexts()).orElseThrow().query();
    var limbs = key.<Words>withSecret((context, secret) -> secret.galoisKeys(elements));
    try (var context = HeContext.open(SET, RANDOM);
        var keys = context.galoisKeys(elements, limbs);
        var table = table(context, asked)) {
      var one = new Evaluated.Expandable(query, keys);
      var evaluated = Evaluated.oneHot(context, table, List.of(one)).getFirst();
      return sums.save(asked, question, evaluated.replyBytes());
    }
  }

  private static CellTable table(HeContext context, Ticket asked) {
    var table = new CellTable(context, asked.layout());
    for (int measure = 0; measure < asked.width(); measure++) {
      for (int cell = 0; cell < CELLS[measure].length; cell++) {
        table.set(measure, cell, CELLS[measure][cell]);
      }
    }
    table.publish();
    return table;
  }

  /** Signatures are the service's to check. */
  private record Unsigned() implements QuestionSigner {
    @Override
    public String suite() {
      return "intl";
    }

    @Override
    public String keyId() {
      return "none";
    }

    @Override
    public byte[] sign(byte[] message) {
      return new byte[64];
    }
  }
}
