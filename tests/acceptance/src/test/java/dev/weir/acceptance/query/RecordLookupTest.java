// Longer than 400 lines: its tests share one contract, whose records take seconds to bring in and
// lock.
package dev.weir.acceptance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.compliance.Control;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.ClientRefusal;
import dev.weir.query.he.client.Keeping;
import dev.weir.query.he.client.RecordLookup;
import dev.weir.query.he.client.RecordLookup.Ended;
import dev.weir.query.he.client.RecordScore;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.he.replay.Replay.Finding;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.PageClient;
import dev.weir.testkit.TestService;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single records, looked up by keyword and by index without saying which, where a contract permits
 * reading them; two workers answer.
 */
@ExtendWith(SharedServices.class)
class RecordLookupTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair SIGNING = SigningSuite.INTL.generate(RANDOM);
  private static final String KEY_ID = "builder-lookup-key";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Account AUDITOR = Account.of("auditor", Account.party(14), Role.AUDITOR);

  private static final Keeping UNKEPT = Keeping.untilThisProcessEnds();

  @TempDir private static Path directory;

  private static EmbeddedServices services;
  private static ControlPlane control;
  private static Facts facts;
  private static TestService workers;
  private static BuilderKey key;
  private static LookupAsker asker;
  private static final UploadedKeys UPLOADED = UploadedKeys.inMemory();

  @BeforeAll
  static void load(EmbeddedServices shared) {
    services = shared;
    control = services.controlPlane();
    facts = Facts.load(services, control.openDomain());
    var product = facts.keyed("readable");
    var contract = control.signReading(List.of(product), 1_000_000, 200);
    control.registerKey(
        ControlPlane.BUILDER,
        new ParticipantState.Key(
            KEY_ID, "intl", Base64.getEncoder().encodeToString(SIGNING.getPublic().getEncoded())));
    workers =
        services.startQuery(
            Map.of(
                "roles",
                List.of("HE_WORKER"),
                "evaluators",
                2,
                "directory",
                directory.toString(),
                "evaluationDeadline",
                "PT90S"));
    key = BuilderKey.generate(HeParameters.LOOKUP_4096, RANDOM);
    asker = asker(contract, product);
  }

  @AfterAll
  static void stop() {
    key.close();
    workers.close();
  }

  @Test
  void keyword_findsItsRecord_withTheReleasedColumnsOnly_andAbsentOnesNothing() {
    var lookup = lookup(asker);
    var sizes = new HashSet<Integer>();
    for (String keyword : List.of("0", "1234", "nobody")) {
      var ticket = ticket(asker, lookup, By.KEYWORD);
      var found = found(lookup.look(ticket, keyword, asker, UNKEPT, PATIENCE));
      if (keyword.equals("nobody")) {
        assertThat(found).isEmpty();
      } else {
        assertThat(found.orElseThrow()).isEqualTo(record(Integer.parseInt(keyword)));
      }
      sizes.add(asker.questionBytes(ticket));
      assertThat(asker.replySizes().getLast()).isEqualTo(ticket.replyBytes());
      assertThat(asker.repeated(ticket).is(ProblemType.CONFLICT)).isTrue();
    }
    assertThat(sizes).as("found or not, a question has one length").hasSize(1);
    assertThat(sizes.iterator().next()).as("keys do not travel with it").isLessThan(75_000);
    assertThat(asker.uploads()).as("keys travel once").isEqualTo(1);
  }

  /** The npm package over HTTP: its keys are made in its process and stay there. */
  @Test
  @Control({"HEQ-01", "HEQ-09"})
  void page_findsRecordsByKeywordAndByIndex(@TempDir Path staged) throws Exception {
    var started = PageClient.start(staged, "records");
    assumeTrue(started.isPresent(), "the npm package's libraries could not be fetched");
    var account = services.query().as(Asking.ANALYST).request("").GET().build();
    String bearer = account.headers().firstValue("Authorization").orElseThrow();
    try (var page = started.orElseThrow()) {
      page.say(
          Map.of(
              "base", account.uri().toString(),
              "token", bearer.substring("Bearer ".length()),
              "signingKey", Base64.getEncoder().encodeToString(SIGNING.getPrivate().getEncoded()),
              "keyId", KEY_ID,
              "about",
                  Map.of(
                      "contractId", asker.contract(),
                      "productId", asker.product(),
                      "purpose", ControlPlane.PURPOSE),
              "wanted",
                  List.of(
                      Map.of("keyword", "1234"),
                      Map.of("keyword", "nobody"),
                      Map.of("index", 0),
                      Map.of("index", Facts.RECORDS - 1))));
      var found = page.hear().path("found");
      assertThat(found).hasSize(4);
      assertThat(told(found.get(0))).isEqualTo(record(1_234));
      assertThat(found.get(1).isNull()).isTrue();
      for (var byIndex : List.of(found.get(2), found.get(3))) {
        assertThat(told(byIndex)).isEqualTo(record(byIndex.path("i").asInt()));
      }
      assertThat(found.get(2)).isNotEqualTo(found.get(3));
    }
  }

  private static Map<String, Optional<String>> told(JsonNode record) {
    return record
        .propertyStream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                column ->
                    Optional.of(column.getValue())
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)));
  }

  /** A score of a record is charged as reading it; columns that were not released score nothing. */
  @Test
  @Control("HEQ-09")
  void score_ofAHiddenRecord_isExact_andCountsAsReadingIt() {
    var product = facts.keyed("scored");
    var reader = asker(control.signReading(List.of(product), 1_000_000, 2), product);
    var scores = new RecordScore(lookup(reader));
    var weights = Map.of("amount", new BigDecimal("2.5"), "g", new BigDecimal("-3"));
    var ticket = ticket(reader, lookup(reader), By.KEYWORD);
    assertThatThrownBy(() ->
            scores.score(
                ticket, "1234", Map.of("secret", BigDecimal.ONE), reader, UNKEPT, PATIENCE))
        .isInstanceOf(ClientRefusal.class);
    var ended = scores.score(ticket, "1234", weights, reader, UNKEPT, PATIENCE);
    assertThat(((RecordScore.Ended.Scored) ended).score().orElseThrow())
        .isEqualByComparingTo("272.5"); // 2.5 · 123.4 − 3 · 12
    var other = ticket(reader, lookup(reader), By.KEYWORD);
    var none = scores.score(other, "nobody", weights, reader, UNKEPT, PATIENCE);
    assertThat(((RecordScore.Ended.Scored) none).score()).isEmpty();
    assertThat(reader.refusedOrTicket("INDEX").is(ProblemType.POLICY_REFUSED))
        .as("two scores were two readings")
        .isTrue();
  }

  @Test
  void index_findsEachRecordOfTheVersion_onceEach() {
    var lookup = lookup(asker);
    var seen = new HashSet<String>();
    for (int index : new int[] {0, 1, Facts.RECORDS - 1}) {
      var ticket = ticket(asker, lookup, By.INDEX);
      var found = found(lookup.look(ticket, index, asker, UNKEPT, PATIENCE)).orElseThrow();
      int i = Integer.parseInt(found.get("i").orElseThrow());
      assertThat(found).isEqualTo(record(i));
      assertThat(seen.add(found.get("i").orElseThrow())).isTrue();
    }
  }

  @Test
  @Control("HEQ-09")
  void contractWithoutLeaveToReadRecords_orOverNoisedAnswers_isRefused() {
    var product = facts.keyed("computed");
    var computing = asker(control.sign(List.of(product), 1_000_000, 200), product);
    for (String kind : List.of("KEYWORD", "INDEX")) {
      var refused = computing.refusedOrTicket(kind);
      assertThat(refused.is(ProblemType.POLICY_REFUSED)).as(refused.body()).isTrue();
      assertThat(refused.json().path("receipt").asText()).isNotEmpty();
    }
    var noised = facts.dp("noised");
    var reading = asker(control.signReading(List.of(noised), 100_000_000, 200), noised);
    var refused = reading.refusedOrTicket("INDEX");
    assertThat(refused.json().path("rule").asText()).isEqualTo("records-of-dp-product");
    var unkeyed = facts.exact("unkeyed");
    var nameless = asker(control.signReading(List.of(unkeyed), 1_000_000, 200), unkeyed);
    assertThat(nameless.refusedOrTicket("KEYWORD").json().path("rule").asText())
        .isEqualTo("records-without-key");
  }

  @Test
  @Control("HEQ-09")
  void evaluations_areCounted_andEndWithTheContractsCount() {
    var product = facts.keyed("counted");
    var counted = asker(control.signReading(List.of(product), 1_000_000, 2), product);
    var lookup = lookup(counted);
    for (int i = 0; i < 2; i++) {
      var ticket = ticket(counted, lookup, By.INDEX);
      assertThat(found(lookup.look(ticket, i, counted, UNKEPT, PATIENCE))).isPresent();
    }
    assertThat(counted.refusedOrTicket("INDEX").is(ProblemType.POLICY_REFUSED)).isTrue();
  }

  @Test
  void lookup_isDoneOverByAnAuditor_whoFindsWhatWasChanged() throws Exception {
    var lookup = lookup(asker);
    var ticket = ticket(asker, lookup, By.KEYWORD);
    found(lookup.look(ticket, "77", asker, UNKEPT, PATIENCE));
    String path = "/v1/he/evaluations/" + ticket.id();
    var audited = AuditedEvaluation.of(services, ticket.id());
    var replay = audited.replay();
    byte[] question = audited.question();
    byte[] table = audited.table();
    byte[] keys = audited.keys();
    byte[] reply = audited.reply();
    // then
    var outcome = replay.run(question, table, keys, reply);
    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.resultSha256()).isEqualTo(replay.logged().resultSha256());
    assertThat(replay.run(question, changed(table, 5), keys, reply).findings())
        .contains(Finding.CELLS);
    assertThat(replay.run(question, table, keys, changed(reply, reply.length - 1)).findings())
        .containsExactly(Finding.REPLY);
    assertThat(replay.run(question, table, keys, changed(reply, 40)).findings())
        .as("the proof")
        .containsExactly(Finding.REPLY);
    assertThat(replay.run(question, table, changed(keys, keys.length - 1), reply).findings())
        .contains(Finding.QUESTION);
    for (String part : List.of("", "/keys", "/cells")) {
      assertThat(services.query().as(Asking.ANALYST).get(path + part).is(ProblemType.FORBIDDEN))
          .isTrue();
    }
  }

  @Test
  void switchingKeys_beyondWhatAPartyMayKeep_areRefused_andOthersMayKeepTheirs() {
    var elements = GaloisKeys.expansionElements(HeParameters.LOOKUP_4096, 1_024);
    int words = HeParameters.LOOKUP_4096.primes().size() * 4_096 + HeContext.SEED_WORDS;
    var limbs = Words.allocate(2L * elements.size() * words);
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < 9; i++) {
      limbs.set(words - 1, i); // another seed, another digest
      answers.add(
          upload(
              SwitchingKeys.write(HeParameters.LOOKUP_4096, new WireGaloisKeys(elements, limbs))));
    }
    assertThat(answers.getFirst().status()).isEqualTo(201);
    assertThat(answers.getLast().is(ProblemType.QUOTA_EXHAUSTED)).isTrue();
    assertThat(answers.getLast().json().path("maxKeyBytes").asLong()).isEqualTo(8L << 20);
    String digest = answers.getFirst().json().path("sha256").asText();
    assertThat(services.query().as(Asking.RIVAL).get("/v1/he/keys/" + digest).status())
        .isEqualTo(200);
    assertThat(asker.holdsKeys(digest)).as("another party's").isFalse();
    assertThat(asker.upload(new byte[100]).is(ProblemType.INVALID_REQUEST)).isTrue();
    // once they are idle, they make room
    services.asSuperuser(
        "update query.switching_keys set used_at = used_at - interval '11 minutes' where party = '"
            + ControlPlane.RIVAL.value()
            + "'");
    limbs.set(words - 1, 99);
    assertThat(
            upload(
                    SwitchingKeys.write(
                        HeParameters.LOOKUP_4096, new WireGaloisKeys(elements, limbs)))
                .status())
        .isEqualTo(201);
    var gone =
        answers.stream()
            .filter(answer -> answer.status() == 201)
            .map(answer -> "/v1/he/keys/" + answer.json().path("sha256").asText())
            .filter(path -> services.query().as(Asking.RIVAL).get(path).is(ProblemType.NOT_FOUND));
    assertThat(gone).as("the longest idle alone").hasSize(1);
  }

  /** Two members of one group: each child's end fails what runs in it, and nothing else. */
  @Test
  void evaluatorThatIsKilled_failsItsRunningQuestionsAlone_withEvidence() throws Exception {
    // given
    var lookup = lookup(asker);
    found(lookup.look(ticket(asker, lookup, By.INDEX), 0, asker, UNKEPT, PATIENCE));
    var children = new ArrayList<ProcessMark>();
    for (String name : List.of("he-worker-1", "he-worker-2")) {
      var mark = Evaluator.mark(directory.resolve("he"), name);
      assertThat(Waiting.until(PATIENCE, () -> Files.exists(mark))).isTrue();
      children.add(ProcessMark.read(mark).orElseThrow());
    }
    for (var child : children) {
      signal("STOP", child);
    }
    var asked = new ArrayList<Ticket>();
    var ends = new ArrayList<CompletableFuture<Ended>>();
    for (int i = 0; i < 6; i++) {
      var ticket = ticket(asker, lookup, By.INDEX);
      asked.add(ticket);
      int index = i;
      ends.add(
          CompletableFuture.supplyAsync(
              () -> lookup.look(ticket, index, asker, UNKEPT, Duration.ofMinutes(3))));
    }
    Set<String> ids = asked.stream().map(one -> one.id().toString()).collect(Collectors.toSet());
    Records.await(() -> running(ids), running -> !running.isEmpty());
    // when one child is killed, and the other crashes
    signal("KILL", children.getFirst());
    signal("SEGV", children.getLast());
    signal("CONT", children.getLast());
    // then
    var failed = new ArrayList<Ticket>();
    int answered = 0;
    for (var end : ends) {
      switch (end.get(3, TimeUnit.MINUTES)) {
        case Ended.Unanswered unanswered -> failed.add(unanswered.ticket());
        case Ended.Found found -> answered++;
      }
    }
    assertThat(failed).isNotEmpty();
    assertThat(failed).extracting(Ticket::problem).containsOnly(Optional.of("worker-ended"));
    assertThat(failed).allSatisfy(one -> assertThat(one.releaseLeaf()).isPresent());
    assertThat(answered + failed.size()).isEqualTo(asked.size());
    var next = ticket(asker, lookup, By.INDEX);
    assertThat(found(lookup.look(next, 3, asker, UNKEPT, PATIENCE))).isPresent();
    assertThat(Waiting.until(PATIENCE, () -> children.stream().noneMatch(ProcessMark::alive)))
        .isTrue();
  }

  private static List<String> running(Set<String> ids) {
    return services.stored("select id from query.he_tickets where status = 'RUNNING'").stream()
        .filter(ids::contains)
        .toList();
  }

  private static void signal(String signal, ProcessMark to) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(to.pid())).start();
    assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static Map<String, Optional<String>> record(int i) {
    var cities = List.of("福州", "厦门", "平潭");
    String amount = i % 10 == 0 ? Integer.toString(i / 10) : i / 10 + "." + i % 10;
    return Map.of(
        "i", Optional.of(Integer.toString(i)),
        "g", Optional.of(Integer.toString(i / 100)),
        "city", Optional.of(cities.get(i < 3 ? 2 : i % 5 == 0 ? 1 : 0)),
        "amount", Optional.of(amount));
  }

  private static LookupAsker asker(ContractTerms contract, ProductTerms product) {
    return new LookupAsker(services, contract, product, SIGNING, KEY_ID);
  }

  private static RecordLookup lookup(LookupAsker asker) {
    return new RecordLookup(asker, key, UPLOADED, RANDOM);
  }

  private static Ticket ticket(LookupAsker asker, RecordLookup lookup, By by) {
    return lookup.ticket(asker.contract(), asker.product(), ControlPlane.PURPOSE, by);
  }

  private static Optional<Map<String, Optional<String>>> found(Ended ended) {
    assertThat(ended).isInstanceOf(Ended.Found.class);
    return ((Ended.Found) ended).record();
  }

  private static Answer upload(byte[] packed) {
    var rival = services.query().as(Asking.RIVAL);
    return rival.send(
        rival
            .request("/v1/he/keys")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(packed)));
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }
}
