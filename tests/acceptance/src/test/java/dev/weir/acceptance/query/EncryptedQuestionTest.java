// Longer than 400 lines: all its questions are about one epoch, which takes seconds to release.
package dev.weir.acceptance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.ReleasedCells;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.cli.ExitCode;
import dev.weir.compliance.Control;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeLibrary;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.OneHotQuestion;
import dev.weir.he.query.SumQuestion;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.product.Rollup;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.Envelope;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.CellLookup;
import dev.weir.query.he.client.Conversation;
import dev.weir.query.he.client.Expected;
import dev.weir.query.he.client.HiddenScore;
import dev.weir.query.he.client.HiddenSums;
import dev.weir.query.he.client.Keeping;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.Selection;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.he.replay.Replay;
import dev.weir.query.rollup.PublishedCells;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.schemas.avro.HeQuestion;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.BrowserPage;
import dev.weir.testkit.PageClient;
import dev.weir.testkit.TestService;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A builder asks about cells and nobody learns what: ticket, signed question, worker, reply. Long
 * because its tests share one contract, one released epoch and one running worker.
 */
@ExtendWith(SharedServices.class)
class EncryptedQuestionTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair SIGNING = SigningSuite.INTL.generate(RANDOM);
  private static final String KEY_ID = "builder-key";

  private static final String PURPOSE = ControlPlane.PURPOSE;
  private static final Keeping UNKEPT = Keeping.untilThisProcessEnds();

  @TempDir private static Path directory;

  private static EmbeddedServices services;
  private static TestService worker;
  private static ContractTerms contract;
  private static ProductTerms product;
  private static List<Long> cells;
  private static HeContext context;
  private static SecretKey secret;
  private static BuilderKey unused;

  @BeforeAll
  static void load(EmbeddedServices shared) {
    services = shared;
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    product = facts.dp("facts").with(new Rollup(List.of("city"), List.of("amount"), 200_000_000));
    contract = control.sign(List.of(product), 400_000_000, 200);
    control.registerKey(
        ControlPlane.BUILDER,
        new ParticipantState.Key(
            KEY_ID, "intl", Base64.getEncoder().encodeToString(SIGNING.getPublic().getEncoded())));
    worker =
        services.startQuery(
            Map.of(
                "roles", List.of("HE_WORKER"),
                "directory", directory.toString(),
                "evaluationDeadline", "PT6S"));
    try (var topics = new ReleasedCells(services)) {
      topics.awaitEpoch(contract, 1);
      cells = topics.cells(contract);
    }
    context = HeContext.open(HeParameters.CELLS_4096, RANDOM);
    secret = context.generateSecretKey();
    unused = BuilderKey.generate(HeParameters.CELLS_4096, RANDOM);
  }

  @AfterAll
  static void stop() {
    unused.close();
    secret.close();
    context.close();
    worker.close();
  }

  @Test
  void reply_isTheExactSumOfTheReleasedCells_ofOneSizeForEverySelection() throws Exception {
    var sizes = new ArrayList<Integer>();
    for (int selection = 0; selection < 8; selection++) {
      int mask = selection;
      var ticket = ticket();
      assertThat(send(ticket, question(ticket, mask, SIGNING)).status()).isEqualTo(202);
      var ended = ended(ticket);
      assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("DONE");
      assertThat(ended.path("releaseLeaf").asText()).isNotEmpty();
      assertThat(ticket.path("keys").size()).isEqualTo(1);
      assertThat(ended.path("keys").size()).as("told once").isZero();
      byte[] reply = reply(ticket);
      sizes.add(reply.length);
      var sums = new SumQuestion(context, layout(ticket)).sums(secret, ByteBuffer.wrap(reply));
      for (int column = 0; column < 2; column++) {
        long expected = 0;
        for (int cell = 0; cell < 3; cell++) {
          expected += (mask >> cell & 1) * cells.get(2 * cell + column);
        }
        assertThat(sums.get(column)).isEqualTo(BigInteger.valueOf(expected));
      }
    }
    assertThat(sizes).containsOnly(ticket().path("replyBytes").asInt());
  }

  @Test
  void provider_seesEveryEncryptedUse_andTheReleaseOfTheCells() {
    var asked = ticket();
    var idle = ticket();
    assertThat(send(asked, question(asked, 1, SIGNING)).status()).isEqualTo(202);
    var ended = ended(asked);
    var uses = new HashMap<String, JsonNode>();
    for (var use : uses(Records.OFFICER)) {
      uses.put(use.path("id").asText(), use);
    }
    var use = Optional.ofNullable(uses.get(id(asked))).orElseThrow();
    assertThat(use.path("kind").asText()).isEqualTo("SUM");
    assertThat(use.path("status").asText()).isEqualTo("DONE");
    assertThat(use.path("consumer").asText()).isEqualTo(ControlPlane.BUILDER.value());
    assertThat(use.path("purpose").asText()).isEqualTo(ControlPlane.PURPOSE);
    assertThat(use.path("receiptLeaf").asText()).isEqualTo(ended.path("releaseLeaf").asText());
    assertThat(uses).doesNotContainKey(id(idle));
    assertThat(uses.values())
        .anySatisfy(cells -> {
          assertThat(cells.path("kind").asText()).isEqualTo("CELLS");
          assertThat(cells.path("nanoRho").asLong()).isEqualTo(200_000_000);
        });
    var strange = Account.of("other-officer", ControlPlane.RIVAL, Role.PROVIDER);
    assertThat(uses(strange)).isEmpty();
  }

  private static JsonNode uses(Account provider) {
    String path = "/v1/uses?limit=200&contractId=" + contract.id();
    return services.query().as(provider).get(path).json().path("items");
  }

  @Test
  @Control("HEQ-01")
  void question_isTakenOnce() {
    var ticket = ticket();
    byte[] question = question(ticket, 1, SIGNING);
    assertThat(send(ticket, question).status()).isEqualTo(202);
    assertThat(send(ticket, question).is(ProblemType.CONFLICT)).isTrue();
    ended(ticket);
    assertThat(send(ticket, question).is(ProblemType.CONFLICT)).isTrue();
    // before its bytes are taken in
    assertThat(send(ticket, new byte[5_000_000]).is(ProblemType.CONFLICT)).isTrue();
    assertThat(send(ticket(), new byte[5_000_000]).is(ProblemType.BODY_TOO_LARGE)).isTrue();
  }

  @Test
  @Control("HEQ-01")
  void question_ofAnotherTicket_orWithAnotherSignature_isRefused() {
    var ticket = ticket();
    assertThat(send(ticket, question(ticket(), 1, SIGNING)).is(ProblemType.INVALID_REQUEST))
        .isTrue();
    assertThat(
            send(ticket, question(ticket, 1, SigningSuite.INTL.generate(RANDOM)))
                .is(ProblemType.SIGNATURE_INVALID))
        .isTrue();
    byte[] changed = question(ticket, 1, SIGNING);
    changed[changed.length - 1] ^= 1;
    assertThat(send(ticket, changed).is(ProblemType.INVALID_REQUEST)).isTrue();
    assertThat(send(ticket, new byte[0]).is(ProblemType.INVALID_REQUEST)).isTrue();
    assertThat(send(ticket, question(ticket, 1, SIGNING)).status()).isEqualTo(202);
  }

  /** The child that meets ciphertexts stands still: the question fails, the next one does not. */
  @Test
  @Control("HEQ-02")
  void question_thatTheEvaluatorDoesNotAnswer_failsWithEvidence_andTheNextIsAnswered()
      throws Exception {
    var mark = Evaluator.mark(directory.resolve("he"), "he-worker-1");
    assertThat(Waiting.until(Duration.ofMinutes(2), () -> Files.exists(mark))).isTrue();
    var child = ProcessMark.read(mark).orElseThrow();
    new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
    var ticket = ticket();
    assertThat(send(ticket, question(ticket, 5, SIGNING)).status()).isEqualTo(202);
    var ended = ended(ticket);
    assertThat(ended.path("status").asText()).isEqualTo("FAILED");
    assertThat(ended.path("problem").asText()).isEqualTo("deadline");
    assertThat(ended.path("releaseLeaf").asText()).isNotEmpty();
    assertThat(child.alive()).isFalse();
    var next = ticket();
    assertThat(send(next, question(next, 5, SIGNING)).status()).isEqualTo(202);
    assertThat(ended(next).path("status").asText()).isEqualTo("DONE");
  }

  /** A table locked away stands for a database that does not answer for a while. */
  @Test
  void worker_outlivesADatabaseThatDoesNotAnswer() throws Exception {
    var locked =
        CompletableFuture.runAsync(() ->
            services.asSuperuser("BEGIN; LOCK TABLE query.he_tickets; SELECT pg_sleep(4); COMMIT"));
    try (var producer = services.kafka("query").idempotentProducer()) {
      while (!locked.isDone()) {
        String unknown = UUID.randomUUID().toString();
        var question = new HeQuestion(unknown, contract.id().toString(), "0".repeat(32), 0);
        producer.send(new ProducerRecord<>("query.he-questions", unknown, question)).get();
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
    locked.get();
    var next = ticket();
    assertThat(send(next, question(next, 5, SIGNING)).status()).isEqualTo(202);
    assertThat(ended(next).path("status").asText()).isEqualTo("DONE");
  }

  @Test
  @Control("HEQ-04")
  void evaluation_isHandedToAuditorsAsItWas_andToNobodyElse() throws Exception {
    var ticket = ticket();
    byte[] sent = question(ticket, 3, SIGNING);
    assertThat(send(ticket, sent).status()).isEqualTo(202);
    ended(ticket);
    String path = "/v1/he/evaluations/" + id(ticket);
    var kept = services.query().as(AuditedEvaluation.AUDITOR).get(path);
    assertThat(kept.json().path("cells").asInt()).isEqualTo(3);
    assertThat(bytes(AuditedEvaluation.AUDITOR, path + "/question")).isEqualTo(sent);
    assertThat(bytes(AuditedEvaluation.AUDITOR, path + "/reply")).isEqualTo(reply(ticket));
    var leaf = kept.json().path("releaseLeaf").asText();
    var receipt =
        Records.await(
            () -> services.audit().as(AuditedEvaluation.AUDITOR).get("/v1/receipts/" + leaf),
            answer -> answer.status() == 200);
    assertThat(receipt.json().path("leaf").asText())
        .contains("\"library\":\"" + HeLibrary.loaded().description());
    var stored = PublishedCells.ofTiles(3, 2, bytes(AuditedEvaluation.AUDITOR, path + "/cells"));
    assertThat(stored.root()).isEqualTo(ticket.path("root").asText());
    for (String part : List.of("", "/question", "/cells", "/reply")) {
      assertThat(services.query().as(Asking.ANALYST).get(path + part).is(ProblemType.FORBIDDEN))
          .isTrue();
    }
  }

  @Test
  @Control("HEQ-01")
  void ticket_isItsHoldersAlone() {
    var ticket = ticket();
    var rival = services.query().as(Asking.RIVAL);
    assertThat(rival.get("/v1/he/tickets/" + id(ticket)).is(ProblemType.NOT_FOUND)).isTrue();
    var asked =
        rival.post(
            "/v1/he/tickets",
            Map.of(
                "contractId", contract.id(),
                "productId", product.id(),
                "purpose", ControlPlane.PURPOSE));
    assertThat(asked.is(ProblemType.NOT_FOUND)).isTrue();
  }

  @Test
  void purpose_outsideTheContract_isRefused() {
    var refused =
        services
            .query()
            .as(Asking.ANALYST)
            .post(
                "/v1/he/tickets",
                Map.of(
                    "contractId", contract.id(),
                    "productId", product.id(),
                    "purpose", "curiosity"));
    assertThat(refused.is(ProblemType.POLICY_REFUSED)).as(refused.body()).isTrue();
  }

  /** The npm package over HTTP: its encryption key is made in its process and stays there. */
  @Test
  @Control({"HEQ-01", "HEQ-03"})
  void page_asksOverHttp_andOpensTheExactSum(@TempDir Path staged) throws Exception {
    var started = PageClient.start(staged, "service");
    assumeTrue(started.isPresent(), "the npm package's node-seal could not be fetched");
    var account = services.query().as(Asking.ANALYST).request("").GET().build();
    try (var page = started.orElseThrow()) {
      page.say(forAPage(account));
      var ended = page.hear();
      assertOpened(ended);
    }
  }

  /** The same in a real browser, from a page under the content policy that the package asks for. */
  @Test
  @Control({"HEQ-01", "HEQ-03"})
  void browser_asksOverHttp_andOpensTheExactSum(@TempDir Path staged, @TempDir Path profile)
      throws Exception {
    var browser = BrowserPage.browser();
    assumeTrue(browser.isPresent(), "no chromium is installed; weir doctor names the package");
    assumeTrue(
        PageClient.stage(staged).isPresent(), "the npm package's node-seal could not be fetched");
    var account = services.query().as(Asking.ANALYST).request("").GET().build();
    try (var page =
        BrowserPage.open(
            browser.orElseThrow(), staged, profile, account.uri(), forAPage(account))) {
      var ended = page.hear(90);
      assertOpened(ended);
      assertThat(ended.path("agent").asText()).contains("Chrome");
    }
  }

  private static Map<String, Object> forAPage(HttpRequest account) {
    String bearer = account.headers().firstValue("Authorization").orElseThrow();
    byte[] signing = SIGNING.getPrivate().getEncoded();
    return Map.of(
        "base", account.uri().toString(),
        "token", bearer.substring("Bearer ".length()),
        "signingKey", Base64.getEncoder().encodeToString(signing),
        "keyId", KEY_ID,
        "about",
            Map.of(
                "contractId", contract.id(),
                "productId", product.id(),
                "purpose", ControlPlane.PURPOSE),
        "where", Map.of(),
        "few", Map.of("city", List.of("平潭")),
        "cell", List.of("平潭"));
  }

  /** What a page opened: the sum of all cells, and one by a one-hot question and by a lookup. */
  private static void assertOpened(JsonNode ended) {
    assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("DONE");
    long count = cells.get(0) + cells.get(2) + cells.get(4);
    assertThat(ended.path("sums").path("count").asText()).isEqualTo(Long.toString(count));
    int pingtan =
        ticket()
            .path("keys")
            .get(0)
            .path("values")
            .valueStream()
            .map(JsonNode::asText)
            .toList()
            .indexOf("平潭");
    assertThat(ended.path("few").path("count").asText())
        .isEqualTo(Long.toString(cells.get(2 * pingtan)));
    assertThat(ended.path("cell")).isEqualTo(ended.path("few"));
  }

  /** Two questions, one for the count and one for the amount; these weights are rounded nowhere. */
  @Test
  @Control("HEQ-01")
  void score_isThatOfTheReleasedCells_andEachOfItsQuestionsIsDoneOver() throws Exception {
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    try (var key = BuilderKey.generate(HeParameters.CELLS_4096, RANDOM)) {
      var rows =
          List.of(
              new HiddenScore.Row(List.of("福州"), decimals("0.5", "-1.25")),
              new HiddenScore.Row(List.of("平潭"), decimals("3", "10")));
      var ended =
          new HiddenScore(asker, key)
              .score(
                  asker.contract(),
                  asker.product(),
                  ControlPlane.PURPOSE,
                  rows,
                  asker,
                  UNKEPT,
                  Duration.ofSeconds(60));
      assertThat(ended).isInstanceOf(HiddenScore.Ended.Scored.class);
      var scored = (HiddenScore.Ended.Scored) ended;
      var cities = scored.tickets().getFirst().keys().getFirst().values();
      int fuzhou = cities.indexOf("福州");
      int pingtan = cities.indexOf("平潭");
      double amounts = -1.25 * cells.get(2 * fuzhou + 1) + 10 * cells.get(2 * pingtan + 1);
      double counts = 0.5 * cells.get(2 * fuzhou) + 3 * cells.get(2 * pingtan);
      double unit = Double.parseDouble(scored.tickets().getFirst().units().getFirst());
      assertThat(scored.score().doubleValue()).isCloseTo(counts + unit * amounts, within(1e-6));
      assertThat(scored.tickets()).hasSize(2);
      for (var ticket : scored.tickets()) {
        assertThat(AuditedEvaluation.of(services, ticket.id()).doneOver().findings()).isEmpty();
      }
    }
  }

  private static List<BigDecimal> decimals(String... texts) {
    return Stream.of(texts).map(BigDecimal::new).toList();
  }

  /** Up to three cells by one ciphertext: keys travel once, sizes tell nothing, it is done over. */
  @Test
  @Control({"HEQ-01", "HEQ-04"})
  void oneHotQuestion_findsTheReleasedCells_inOneSize_andIsDoneOverByAnAuditor() throws Exception {
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    try (var key = BuilderKey.generate(HeParameters.CELLS_4096, RANDOM)) {
      var sums = new HiddenSums(key);
      var conversation = new Conversation(asker, sums);
      var uploaded = UploadedKeys.inMemory();
      var questions = new HashSet<Integer>();
      for (int mask : new int[] {0, 1, 2, 4, 6, 7}) {
        var ticket = asker.few(conversation);
        var rows = new ArrayList<Selection.Weighted>();
        long count = 0;
        for (int cell = 0; cell < 3; cell++) {
          int weight = mask >> cell & 1;
          String city = ticket.keys().getFirst().values().get(cell);
          rows.add(new Selection.Weighted(List.of(city), weight));
          count += weight * cells.get(2 * cell);
        }
        var question =
            conversation.few(ticket, Selection.weighted(ticket, rows), key, uploaded, asker);
        questions.add(question.bytes().remaining());
        var ended = conversation.ask(ticket, question, UNKEPT, Duration.ofSeconds(60));
        assertThat(ended).isInstanceOf(Conversation.Ended.Answered.class);
        var reply = ((Conversation.Ended.Answered) ended).reply();
        assertThat(sums.open(reply, Expected.anything()).get("count"))
            .isEqualByComparingTo(BigDecimal.valueOf(count));
        assertThat(asker.repeated(ticket).is(ProblemType.CONFLICT)).isTrue();
      }
      assertThat(questions).as("of one size, however many cells").hasSize(1);
      assertThat(asker.replySizes()).containsOnly(asker.few(conversation).replyBytes());
      assertThat(asker.uploads()).as("keys travel once").isEqualTo(1);
      var audited = AuditedEvaluation.of(services, asker.lastAsked());
      assertThat(audited.doneOver().findings()).isEmpty();
      audited.reply()[99] ^= 1;
      assertThat(audited.doneOver().findings()).containsExactly(Replay.Finding.REPLY);
    }
  }

  /** Keys that nobody uploaded, and keys of lookups, expand nothing here. */
  @Test
  @Control("HEQ-01")
  void oneHotQuestion_withoutItsKeys_isRefused() {
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    var ticket = asker.few(new Conversation(asker, new HiddenSums(unused)));
    var elements = GaloisKeys.expansionElements(HeParameters.LOOKUP_4096, 2);
    byte[] foreign =
        SwitchingKeys.write(
            HeParameters.LOOKUP_4096, new WireGaloisKeys(elements, secret.galoisKeys(elements)));
    String digest = asker.uploadKeys(foreign).path("sha256").asText();
    var query = new OneHotQuestion(context, ticket.layout()).ask(secret, List.of(1));
    var wrong =
        Map.of("ab".repeat(32), ProblemType.WRONG_STATE, digest, ProblemType.INVALID_REQUEST);
    wrong.forEach((keys, problem) -> {
      var parts = OneHotParts.write(HeParameters.CELLS_4096, query, keys);
      assertThat(asker.refused(ticket, parts).is(problem)).as(problem.slug()).isTrue();
    });
  }

  @Test
  void lookup_findsTheReleasedCell_withRepliesOfOneSize_onceForEachTicket() {
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    try (var key = BuilderKey.generate(HeParameters.LOOKUP_4096, RANDOM)) {
      var lookup = new CellLookup(asker, key, UploadedKeys.inMemory(), RANDOM);
      var cities = asker.open(lookup).keys().getFirst().values();
      for (int cell = 0; cell < cities.size(); cell++) {
        var ticket = asker.open(lookup);
        var ended =
            lookup.look(ticket, List.of(cities.get(cell)), asker, UNKEPT, Duration.ofSeconds(60));
        assertThat(ended).isInstanceOf(CellLookup.Ended.Found.class);
        var found = ((CellLookup.Ended.Found) ended).values().orElseThrow();
        assertThat(found.get("count"))
            .isEqualByComparingTo(BigDecimal.valueOf(cells.get(2 * cell)));
        assertThat(found.get("amount"))
            .isEqualByComparingTo(
                BigDecimal.valueOf(cells.get(2 * cell + 1))
                    .multiply(new BigDecimal(ticket.units().getFirst())));
        assertThat(asker.repeated(ticket).is(ProblemType.CONFLICT)).isTrue();
      }
      assertThat(asker.replySizes()).containsOnly(asker.open(lookup).replyBytes());
    }
  }

  @Test
  @Control("HEQ-12")
  void lookup_ofAnotherCellThanWasEvaluated_opensNothing() {
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    try (var key = BuilderKey.generate(HeParameters.LOOKUP_4096, RANDOM)) {
      var ticket = asker.open(new CellLookup(asker, key, UploadedKeys.inMemory(), RANDOM));
      assertThat(asker.stolen(ticket, 0, 0)).isPresent();
      var other = asker.open(new CellLookup(asker, key, UploadedKeys.inMemory(), RANDOM));
      assertThat(asker.stolen(other, 0, 1)).isEmpty();
    }
  }

  /** What is left of a process that ended: its key file, and the file that it kept. */
  @Test
  @Control("HEQ-13")
  void reply_whoseAskerIsGone_isFetchedByTheCommand_andChargedOnce(@TempDir Path home)
      throws Exception {
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    Path sumsKey = home.resolve("sums.key");
    Path saved = home.resolve("reply.json");
    Path lookupKey = home.resolve("lookup.key");
    String id;
    try (var key = BuilderKey.generate(HeParameters.CELLS_4096, RANDOM)) {
      key.write(sumsKey);
      id = key.id();
      var sums = new HiddenSums(key);
      var ticket = new Conversation(asker, sums).ticket(asker.contract(), asker.product(), PURPOSE);
      var question = sums.ask(ticket, Selection.where(ticket, Map.of()), asker);
      var gone = new Conversation(new EndingAsker(asker), sums);
      var file = QuestionFile.at(saved, sumsKey);
      assertThatThrownBy(() -> gone.ask(ticket, question, file, Duration.ofSeconds(60)))
          .isInstanceOf(EndingAsker.TheEnd.class);
    }
    Path looked;
    try (var key = BuilderKey.generate(HeParameters.LOOKUP_4096, RANDOM)) {
      key.write(lookupKey);
      var lookup = new CellLookup(new EndingAsker(asker), key, UploadedKeys.inMemory(), RANDOM);
      var ticket = asker.open(lookup);
      var file = QuestionFile.beside(lookupKey);
      assertThatThrownBy(
              () -> lookup.look(ticket, List.of("平潭"), asker, file, Duration.ofSeconds(60)))
          .isInstanceOf(EndingAsker.TheEnd.class);
      looked = file.file().orElseThrow();
    }
    // when
    try (var commands = TypedCommands.by(Asking.ANALYST, home, services)) {
      for (int time = 0; time < 2; time++) {
        assertThat(commands.run("he", "fetch", saved.toString(), "--json").status()).isZero();
      }
      var decrypted =
          commands.run("he", "decrypt", "--he-key", sumsKey.toString(), saved.toString(), "--json");
      var cell = commands.run("he", "fetch", looked.toString(), "--json");
      // then
      long count = cells.get(0) + cells.get(2) + cells.get(4);
      assertThat(decrypted.json().path("count").asLong()).isEqualTo(count);
      int pingtan =
          asker
              .few(new Conversation(asker, new HiddenSums(unused)))
              .keys()
              .getFirst()
              .values()
              .indexOf("平潭");
      assertThat(cell.json().path("count").asLong()).isEqualTo(cells.get(2 * pingtan));
      assertThat(looked).doesNotExist();
      var charged =
          services.stored("select status from query.he_tickets where key_id = '" + id + "'");
      assertThat(charged).containsExactly("DONE");
    }
  }

  @Test
  @Control("HEQ-13")
  void query_whoseFileCannotBeWritten_asksNothing(@TempDir Path home) throws Exception {
    Path key = home.resolve("sums.key");
    long before = tickets();
    try (var commands = TypedCommands.by(Asking.ANALYST, home, services)) {
      assertThat(commands.run("he", "keygen", key.toString()).status()).isZero();
      for (String save : List.of(home + "/absent/x", key + "/x", key.toString())) {
        for (String wait : List.of("60", "0", "-5")) {
          var outcome =
              commands.run(
                  "he",
                  "query",
                  "--contract",
                  contract.id().toString(),
                  "--product",
                  product.id().toString(),
                  "--purpose",
                  PURPOSE,
                  "--he-key",
                  key.toString(),
                  "--key",
                  home + "/party.pem",
                  "--all",
                  "--wait",
                  wait,
                  "--save",
                  save);
          assertThat(outcome.status()).isEqualTo(ExitCode.USAGE.status());
        }
      }
    }
    assertThat(tickets()).isEqualTo(before);
  }

  private static long tickets() {
    return services.stored("select id from query.he_tickets").size();
  }

  private static JsonNode ticket() {
    var answer =
        services
            .query()
            .as(Asking.ANALYST)
            .post(
                "/v1/he/tickets",
                Map.of(
                    "contractId", contract.id(),
                    "productId", product.id(),
                    "purpose", ControlPlane.PURPOSE));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static String id(JsonNode ticket) {
    return ticket.path("id").asText();
  }

  private static CellLayout layout(JsonNode ticket) {
    return new CellLayout(
        HeParameters.named(ticket.path("parameterSet").asText()).orElseThrow(),
        ticket.path("cells").asInt(),
        ticket.path("width").asInt(),
        ticket.path("cellBits").asInt());
  }

  private static byte[] question(JsonNode ticket, int mask, KeyPair signing) {
    var layout = layout(ticket);
    Words seeded = new SumQuestion(context, layout).ask(secret, cell -> mask >> cell & 1);
    var writer = new SealWriter(SealForm.CURRENT, Compression.ZLIB);
    var ciphertexts = new ArrayList<ByteBuffer>();
    for (int i = 0; i < layout.terms(); i++) {
      var one = seeded.slice(i * context.seededWords(), context.seededWords());
      ciphertexts.add(ByteBuffer.wrap(writer.ciphertext(layout.parameters(), 0, one)));
    }
    var envelope =
        new Envelope(
            Envelope.VERSION,
            UUID.fromString(id(ticket)),
            contract.id().value(),
            UUID.fromString(ticket.path("decisionLeaf").asText()),
            layout.parameters().label(),
            ticket.path("rollupId").asText(),
            ticket.path("dataVersion").asLong(),
            "ab".repeat(32),
            EncryptedQuestion.sha256(ciphertexts),
            Instant.parse(ticket.path("expires").asText()));
    byte[] signature = SigningSuite.INTL.sign(signing.getPrivate(), envelope.bytes(), RANDOM);
    return new EncryptedQuestion(envelope, "intl", KEY_ID, ByteBuffer.wrap(signature), ciphertexts)
        .bytes();
  }

  private static Answer send(JsonNode ticket, byte[] question) {
    var analyst = services.query().as(Asking.ANALYST);
    return analyst.send(
        analyst
            .request("/v1/he/tickets/" + id(ticket) + "/question")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(question)));
  }

  private static JsonNode ended(JsonNode ticket) {
    return Records.await(
        () -> services.query().as(Asking.ANALYST).get("/v1/he/tickets/" + id(ticket)).json(),
        view -> view.path("status").asText().matches("DONE|FAILED"));
  }

  private static byte[] reply(JsonNode ticket) throws IOException, InterruptedException {
    return bytes(Asking.ANALYST, "/v1/he/tickets/" + id(ticket) + "/reply");
  }

  private static byte[] bytes(Account account, String path)
      throws IOException, InterruptedException {
    var request = services.query().as(account).request(path).GET().build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray()).body();
    }
  }
}
