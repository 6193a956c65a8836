package dev.weir.query.he.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.compliance.Control;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.SumQuestion;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.testkit.PageClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page asks through node-seal, this evaluator answers, the page opens: SEAL 4.1 as WebAssembly on
 * one side, the shim's on the other. Two blocks of cells, so that a question has two ciphertexts.
 */
class PageClientTest {
  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final int CITIES = 4_100;
  private static final CellLayout LAYOUT = new CellLayout(SET, CITIES, 2, 40);
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;
  private final long[][] cells = cells();

  @Test
  @Control("HEQ-03")
  void question_ofAPage_isAnsweredHere_andOpensThereToTheExactSums() throws Exception {
    var started = PageClient.start(directory, "library");
    assumeTrue(started.isPresent(), "the npm package's node-seal could not be fetched");
    try (var page = started.orElseThrow()) {
      // given: cells of both blocks, one of them counted against the others
      var rows =
          List.of(
              Map.of("values", List.of("c3"), "weight", 1),
              Map.of("values", List.of("c4099"), "weight", 700),
              Map.of("values", List.of("c4095"), "weight", -12));
      page.say(Map.of("ticket", ticket(), "weighted", rows));
      // when
      var asked = page.hear();
      byte[] reply = answered(asked);
      page.say(Map.of("reply", Base64.getEncoder().encodeToString(reply)));
      // then
      var sums = page.hear();
      assertThat(sums.path("count").asText()).isEqualTo(expected(0).toString());
      assertThat(new BigDecimal(sums.path("amount").asText()))
          .isEqualTo(new BigDecimal(expected(1), 3));
      opensHereToo(asked, reply);
    }
  }

  /**
   * Both ways of naming a record; an answer under another key than the announced one is refused.
   */
  @Test
  @Control("HEQ-12")
  void lookup_ofAPage_isAnsweredHere_andOpensThere() throws Exception {
    var started = PageClient.start(directory, "lookups");
    assumeTrue(started.isPresent(), "the npm package's libraries could not be fetched");
    try (var page = started.orElseThrow();
        var evaluator = new LookupEvaluator(RANDOM)) {
      for (int wanted : List.of(0, 7, 123, LookupEvaluator.RECORDS - 1)) {
        var byIndex = evaluator.table(By.INDEX);
        page.say(Map.of("ticket", ticket(byIndex), "index", wanted));
        page.say(Map.of("reply", byIndex.answered(page.hear())));
        assertThat(page.hear().path("found"))
            .isEqualTo(Json.mapper().valueToTree(LookupEvaluator.record(wanted)));
        var byKeyword = evaluator.table(By.KEYWORD);
        page.say(Map.of("ticket", ticket(byKeyword), "keyword", "r" + wanted));
        page.say(Map.of("reply", byKeyword.answered(page.hear())));
        assertThat(page.hear().path("found"))
            .isEqualTo(Json.mapper().valueToTree(LookupEvaluator.record(wanted)));
      }
      var table = evaluator.table(By.KEYWORD);
      page.say(Map.of("ticket", ticket(table), "keyword", "nobody"));
      page.say(Map.of("reply", table.answered(page.hear())));
      assertThat(page.hear().path("found").isNull()).isTrue();
      page.say(Map.of("ticket", ticket(table), "keyword", "r7"));
      page.say(Map.of("reply", table.withAnotherKey().answered(page.hear())));
      assertThat(page.hear().path("refused").asText()).contains("did not use the key it announced");
    }
  }

  /** Past the gate, with the page's signature over the envelope. */
  private byte[] answered(JsonNode asked) {
    byte[] body = Base64.getDecoder().decode(asked.path("question").asText());
    var question = EncryptedQuestion.read(ByteBuffer.wrap(body), LAYOUT.terms());
    assertThat(question.envelope().questionSha256())
        .isEqualTo(EncryptedQuestion.sha256(question.ciphertexts()));
    byte[] signature = new byte[question.signature().remaining()];
    question.signature().duplicate().get(signature);
    byte[] key = Base64.getDecoder().decode(asked.path("publicKey").asText());
    assertThat(SigningSuite.INTL.verify(key, question.envelope().bytes(), signature)).isTrue();
    try (var context = HeContext.open(SET, RANDOM);
        var table = new CellTable(context, LAYOUT)) {
      for (int measure = 0; measure < cells.length; measure++) {
        for (int cell = 0; cell < CITIES; cell++) {
          table.set(measure, cell, cells[measure][cell]);
        }
      }
      table.publish();
      try (var selectors = context.seeded(question.limbs(SET));
          var result = table.evaluate(selectors)) {
        var packed = result.truncate(LAYOUT.replyShape());
        byte[] reply = new byte[packed.remaining()];
        packed.get(reply);
        return reply;
      }
    }
  }

  /** The page's key file is one that the command reads. */
  private void opensHereToo(JsonNode asked, byte[] reply) throws IOException {
    Path file = directory.resolve("page.key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, asked.path("keyFile").asText());
    try (var key = BuilderKey.read(file, RANDOM)) {
      var sums = new SumQuestion(key.context(), LAYOUT).sums(key.secret(), ByteBuffer.wrap(reply));
      assertThat(sums).containsExactly(expected(0), expected(1));
    }
  }

  private BigInteger expected(int measure) {
    long[] column = cells[measure];
    return BigInteger.valueOf(column[3] + 700 * column[4_099] - 12 * column[4_095]);
  }

  private static long[][] cells() {
    var random = new Random(17);
    var cells = new long[2][CITIES];
    for (long[] column : cells) {
      for (int cell = 0; cell < CITIES; cell++) {
        column[cell] = random.nextLong() >> 24;
      }
    }
    return cells;
  }

  /** A ticket as the service sends it. */
  private static JsonNode ticket() {
    var cities = new ArrayList<>(IntStream.range(0, CITIES).mapToObj(i -> "c" + i).toList());
    var json = about("SUM", SET, CITIES);
    json.put("width", 2).put("cellBits", LAYOUT.cellBits());
    json.put("ciphertexts", LAYOUT.terms()).put("replyBytes", LAYOUT.replyBytes());
    json.putArray("keys").addObject().put("column", "city").set("values", array(cities));
    json.set("measures", array(List.of("amount")));
    json.set("units", array(List.of("0.001")));
    return json;
  }

  /** One for a lookup, as the service sends it. */
  static JsonNode ticket(LookupEvaluator.Table table) {
    var terms = table.terms();
    var json = about(terms.by().name(), LookupTerms.parameters(), terms.entries());
    json.put("width", 1).put("cellBits", 63);
    json.put("ciphertexts", LookupParts.COUNT).put("replyBytes", terms.replyBytes());
    json.putArray("keys");
    json.putArray("measures");
    json.putArray("units");
    json.set("lookup", Json.mapper().valueToTree(terms));
    return json;
  }

  private static ObjectNode about(String kind, HeParameters set, int cells) {
    var json = Json.mapper().createObjectNode();
    for (String id : List.of("id", "contractId", "productId", "decisionLeaf")) {
      json.put(id, UUID.randomUUID().toString());
    }
    json.put("kind", kind).put("parameterSet", set.label()).put("cells", cells);
    json.put("rollupId", "ab".repeat(16)).put("dataVersion", 3).put("root", "cd".repeat(32));
    return json.put("expires", "2026-01-01T00:00:00.120Z").put("status", "OPEN");
  }

  private static JsonNode array(List<String> values) {
    return Json.mapper().valueToTree(values);
  }
}
