package dev.weir.query.he.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers over six cells and a table of records, with real encryption; the process that asks may
 * end when a question was taken. Confined to one thread.
 */
final class AnsweringService implements QuestionService, AutoCloseable {
  static final long[][] CELLS = {{5, -3, 7, 11, 0, 2}, {50, 900, -70, 110, 13, 4}};

  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final CellLayout LAYOUT = new CellLayout(SET, 6, 2, 20);

  private final SecureRandom random;
  private final LookupEvaluator records;
  private final Map<UUID, ObjectNode> tickets = new HashMap<>();
  private final Map<UUID, byte[]> questions = new HashMap<>();
  private final Map<String, byte[]> keys = new HashMap<>();
  private int untilTheEnd = Integer.MAX_VALUE;
  private String outcome = "DONE";
  private Runnable before = () -> {};

  AnsweringService(SecureRandom random) {
    this.random = random;
    this.records = new LookupEvaluator(random);
  }

  /** The end of a process, as far as one process can play it. */
  static final class TheEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The asker's process ends when so many questions are taken. */
  void endsAfter(int taken) {
    untilTheEnd = taken;
  }

  /** What becomes of questions from now on: a status. */
  void becomes(String status) {
    outcome = status;
  }

  /** Looks at what is there when a question arrives. */
  void beforeEach(Runnable look) {
    before = look;
  }

  int taken() {
    return questions.size();
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose) {
    return ticket(contractId, productId, purpose, "SUM");
  }

  @Override
  public JsonNode ticketWithoutKeys(
      String contractId, String productId, String purpose, String rollupId) {
    var ticket = (ObjectNode) ticket(contractId, productId, purpose, "SUM");
    ticket.putArray("keys");
    return ticket;
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose, String kind) {
    var json = Json.mapper().createObjectNode();
    UUID id = UUID.randomUUID();
    json.put("id", id.toString()).put("kind", kind);
    json.put("contractId", contractId).put("productId", productId);
    json.put("rollupId", "ab".repeat(16)).put("dataVersion", 3).put("root", "cd".repeat(32));
    json.put("decisionLeaf", UUID.randomUUID().toString());
    json.put("expires", "2026-01-01T00:00:00.120Z").put("status", "OPEN");
    var keyed = json.putArray("keys");
    if (kind.equals("SUM") || kind.equals("ONE_HOT")) {
      boolean sum = kind.equals("SUM");
      json.put("parameterSet", SET.label()).put("cells", 6).put("width", 2).put("cellBits", 20);
      json.put("ciphertexts", sum ? LAYOUT.terms() : OneHotParts.COUNT);
      json.put("replyBytes", sum ? LAYOUT.replyBytes() : LAYOUT.oneHotReplyBytes());
      keyed.addObject().put("column", "city").putArray("values").add("a").add("b").add("c");
      keyed.addObject().put("column", "kind").putArray("values").add("x").add("y");
      json.putArray("measures").add("amount");
      json.putArray("units").add("0.01");
    } else {
      var terms = records.table(By.valueOf(kind)).terms();
      json.put("parameterSet", HeParameters.LOOKUP_4096.label()).put("cells", terms.entries());
      json.put("width", 1).put("cellBits", 63).put("ciphertexts", LookupParts.COUNT);
      json.put("replyBytes", terms.replyBytes()).putArray("measures");
      json.putArray("units");
      json.set("lookup", Json.mapper().valueToTree(terms));
    }
    tickets.put(id, json);
    return json.deepCopy();
  }

  @Override
  public boolean holdsKeys(String sha256) {
    return keys.containsKey(sha256);
  }

  @Override
  public JsonNode uploadKeys(byte[] packed) {
    keys.put(SwitchingKeys.sha256(packed), packed);
    return Json.mapper().createObjectNode();
  }

  @Override
  public JsonNode ask(UUID ticket, byte[] question) {
    before.run();
    if (questions.putIfAbsent(ticket, question) != null) {
      throw new IllegalStateException("a question is taken once");
    }
    untilTheEnd--;
    if (untilTheEnd == 0) {
      throw new TheEnd();
    }
    return read(ticket);
  }

  @Override
  public JsonNode read(UUID ticket) {
    var now = Optional.ofNullable(tickets.get(ticket)).orElseThrow().deepCopy();
    return now.put("status", questions.containsKey(ticket) ? outcome : "OPEN");
  }

  @Override
  public byte[] reply(UUID ticket) {
    var asked = Optional.ofNullable(questions.get(ticket)).orElseThrow();
    String kind = Optional.ofNullable(tickets.get(ticket)).orElseThrow().path("kind").asText();
    return switch (kind) {
      case "SUM" -> sum(asked);
      case "ONE_HOT" -> oneHot(asked);
      default -> found(By.valueOf(kind), asked);
    };
  }

  private byte[] found(By by, byte[] asked) {
    var question = EncryptedQuestion.read(ByteBuffer.wrap(asked), LookupParts.COUNT);
    var shape = records.table(by).terms().shape();
    String named = LookupParts.read(shape, question.ciphertexts()).orElseThrow().keysSha256();
    var json = Json.mapper().createObjectNode();
    json.put("question", Base64.getEncoder().encodeToString(asked));
    json.put("keys", Base64.getEncoder().encodeToString(keys.get(named)));
    return Base64.getDecoder().decode(records.table(by).answered(json));
  }

  private byte[] sum(byte[] asked) {
    var question = EncryptedQuestion.read(ByteBuffer.wrap(asked), LAYOUT.terms());
    try (var context = HeContext.open(SET, random);
        var table = table(context);
        var selectors = context.seeded(question.limbs(SET));
        var result = table.evaluate(selectors)) {
      var packed = result.truncate(LAYOUT.replyShape());
      byte[] bytes = new byte[packed.remaining()];
      packed.get(bytes);
      return bytes;
    }
  }

  private byte[] oneHot(byte[] asked) {
    var read = EncryptedQuestion.readOneHot(ByteBuffer.wrap(asked));
    var parts = OneHotParts.read(SET, read.ciphertexts()).orElseThrow();
    var sent = SwitchingKeys.read(SET, keys.get(parts.keysSha256())).orElseThrow();
    var elements = GaloisKeys.expansionElements(SET, LAYOUT.leaves());
    try (var context = HeContext.open(SET, random);
        var galois = context.galoisKeys(elements, sent.limbs());
        var table = table(context)) {
      var one = new Evaluated.Expandable(parts.query(), galois);
      return Evaluated.oneHot(context, table, List.of(one)).getFirst().replyBytes();
    }
  }

  private static CellTable table(HeContext context) {
    var table = new CellTable(context, LAYOUT);
    for (int measure = 0; measure < CELLS.length; measure++) {
      for (int cell = 0; cell < CELLS[measure].length; cell++) {
        table.set(measure, cell, CELLS[measure][cell]);
      }
    }
    table.publish();
    return table;
  }

  @Override
  public void close() {
    records.close();
  }
}
