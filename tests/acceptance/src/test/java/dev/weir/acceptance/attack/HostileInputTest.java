package dev.weir.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.ApiClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Bodies, texts, SQL and tokens from the corpora, sent to real endpoints. */
@ExtendWith(SharedServices.class)
class HostileInputTest {
  private static final int SHORTEST_TELLING_TEXT = 12;
  private static final int FLAT_MEBIBYTES = 96;
  private static final String MARK = "canary-77e1";

  private static EmbeddedServices services;
  private static ContractTerms contract;
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  @BeforeAll
  static void start(EmbeddedServices shared) {
    services = shared;
    LOG.list = new CopyOnWriteArrayList<>(); // the services log on while a test reads
    LOG.start();
    root().addAppender(LOG);
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    contract = control.sign(List.of(facts.exact("facts"), facts.dp("people")), 1_000_000, 500);
    Asking.under(services, contract).ask("SELECT COUNT(*) FROM facts");
  }

  @AfterAll
  static void stop() {
    root().detachAppender(LOG);
  }

  @Test
  void hostileBodies_areProblems_andMemoryStaysFlat() {
    long before = usedMebibytes();
    for (byte[] body : Hostile.bodies()) {
      for (Target target : targets()) {
        harmless(target.client.send("POST", target.path, body), target.path);
      }
    }
    assertThat(usedMebibytes() - before).isLessThan(FLAT_MEBIBYTES);
  }

  @Test
  void hostileTexts_inEveryField_areNeitherFaultsNorReflectedInProblems() {
    for (String text : some(Hostile.texts(), 3)) {
      for (Target target : targets()) {
        for (JsonNode body : Hostile.replaced(target.body, text)) {
          var answer = target.client.post(target.path, body);
          harmless(answer, target.path + " " + text);
          if (answer.status() >= 400 && text.length() >= SHORTEST_TELLING_TEXT) {
            assertThat(answer.body()).as(target.path).doesNotContain(text);
          }
        }
      }
    }
  }

  @Test
  void hostileSql_isRefusedInWordsOfOurOwn() {
    var texts = new ArrayList<>(some(Hostile.texts(), 2));
    texts.add("x".repeat(1 << 20));
    texts.add("SELECT COUNT(*) FROM facts WHERE " + "(".repeat(8_000));
    texts.add(
        "SELECT COUNT(*) FROM "
            + "(SELECT i + i AS i FROM ".repeat(30)
            + "facts"
            + ") q".repeat(30)
            + " WHERE i > 1");
    texts.add("SELECT COUNT(*) FROM facts WHERE city = '" + MARK + "' AND nope = 1");
    texts.add("SELECT COUNT(*) FROM facts WHERE " + MARK.replace('-', '_') + "(city)");
    texts.add("SELECT COUNT(*) FROM facts; DROP TABLE query.queries");
    texts.add("SELECT COUNT(*) FROM query.queries");
    texts.add("SELECT COUNT(*) FROM read_csv('/etc/passwd')");
    long start = System.nanoTime();
    for (String text : texts) {
      var body = question();
      body.put("sql", text);
      body.put("dryRun", true);
      var answer = services.query().as(Asking.ANALYST).post("/v1/queries", body);
      harmless(answer, text.substring(0, Math.min(80, text.length())));
      if (answer.status() == 200 && !text.isBlank()) {
        assertThat(answer.json().path("status").asText()).isEqualTo("DRY_RUN");
        assertThat(answer.json().path("refusal").isMissingNode()).as(text).isFalse();
        assertThat(answer.json().path("refusal").toString()).doesNotContain(MARK);
      }
    }
    assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(90);
  }

  @Test
  void hostileTokens_areUnauthenticatedAtEveryService() {
    var good = services.issuer().token(Asking.ANALYST);
    var tokens =
        List.of(
            "",
            "null",
            "e30.e30.",
            good + "x",
            good.substring(0, good.length() - 2),
            good.replace('.', '_'),
            "a".repeat(5_000),
            good + "." + good,
            "' OR 1=1 --",
            new dev.weir.testkit.Account("x", Asking.ANALYST.party(), java.util.Set.of())
                .toString()
                .replaceAll("[^ -~]", ""));
    for (var service : services.all().entrySet()) {
      String path =
          Map.of(
                  "space",
                  "/v1/contracts",
                  "audit",
                  "/v1/meter/readings",
                  "intake",
                  "/v1/runs",
                  "query",
                  "/v1/queries")
              .get(service.getKey());
      for (String token : tokens) {
        var answer = service.getValue().anonymous().with(token).get(path);
        assertThat(answer.status()).as(service.getKey()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(good);
      }
    }
  }

  /** Marked values go in everywhere; none comes out in a log line, a figure or a problem. */
  @Test
  void markedValues_showUpNowhere() {
    var asking = Asking.under(services, contract);
    asking.ask("SELECT COUNT(*) FROM facts WHERE city <> '" + MARK + "'");
    asking.ask("SELECT COUNT(*) FROM people WHERE city = '" + MARK + "'", Map.of("nanoRho", 1_000));
    asking.ask("SELECT " + MARK + " FROM");
    asking.ask("SELECT COUNT(*) FROM facts", Map.of("purpose", MARK));
    var officer = services.intake().as(Records.OFFICER);
    officer.send(
        officer
            .request("/v1/sources?name=" + MARK + ".csv")
            .header("Content-Type", "application/octet-stream")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    "a,b\n" + MARK + ",1\n\"" + MARK)));
    officer.get("/v1/sources/" + MARK);
    for (Target target : targets()) {
      for (JsonNode body : Hostile.replaced(target.body, MARK)) {
        var answer = target.client.post(target.path, body);
        if (answer.status() >= 400) {
          assertThat(answer.body()).as(target.path).doesNotContain(MARK);
        }
      }
    }
    var lines = new ArrayList<>(LOG.list);
    assertThat(lines).isNotEmpty();
    for (ILoggingEvent line : lines) {
      for (String secret : List.of(MARK, Facts.CANARY)) {
        assertThat(line.getFormattedMessage()).doesNotContain(secret);
        assertThat(
                String.valueOf(
                    line.getThrowableProxy() == null ? "" : line.getThrowableProxy().getMessage()))
            .doesNotContain(secret);
      }
    }
    services
        .all()
        .values()
        .forEach(service ->
            assertThat(service.admin().get("/metrics").body())
                .contains("# TYPE")
                .doesNotContain(MARK, Facts.CANARY));
  }

  @Test
  void aMarkThatIsLogged_isSeen() {
    LoggerFactory.getLogger("dev.weir.test").warn("value={}", MARK + "-control");
    assertThat(LOG.list).anyMatch(line -> line.getFormattedMessage().contains(MARK + "-control"));
    LOG.list.removeIf(line -> line.getFormattedMessage().contains(MARK + "-control"));
  }

  private static void harmless(Answer answer, String what) {
    assertThat(answer.status()).as(what + " " + answer.body()).isLessThan(500);
    if (answer.status() >= 400) {
      assertThat(answer.mediaType()).as(what).isEqualTo("application/problem+json");
      assertThat(answer.body())
          .as(what)
          .doesNotContain("Exception", "dev.weir", "org.", "com.fasterxml", "java.", "\tat ");
    }
  }

  /** An endpoint that writes, who may call it, and a body to start from. */
  private record Target(ApiClient client, String path, JsonNode body) {}

  private static List<Target> targets() {
    var registrar = Account.of("operator-registrar", ControlPlane.OPERATOR, Role.OPERATOR);
    return List.of(
        target(services.query().as(Asking.ANALYST), "/v1/queries", dry()),
        target(
            services.space().as(registrar),
            "/v1/participants",
            Map.of(
                "creditCode", "91330100000000021P",
                "name", Map.of("zh", "名", "en", "name"),
                "roles", List.of("OPERATOR"))),
        target(
            services.intake().as(Records.OFFICER),
            "/v1/runs",
            Map.of(
                "resourceId",
                java.util.UUID.randomUUID(),
                "sourceId",
                java.util.UUID.randomUUID(),
                "cleaning",
                List.of(),
                "treatments",
                List.of(Map.of("column", "a", "treatment", Map.of("type", "keep"))))));
  }

  private static Map<String, Object> dry() {
    var body = question();
    body.put("dryRun", true);
    return body;
  }

  private static Map<String, Object> question() {
    var body = new LinkedHashMap<String, Object>();
    body.put("contractId", contract.id());
    body.put("purpose", ControlPlane.PURPOSE);
    body.put("sql", "SELECT COUNT(*) FROM facts");
    return body;
  }

  private static Target target(ApiClient client, String path, Map<String, ?> body) {
    return new Target(client, path, Json.mapper().valueToTree(body));
  }

  private static List<String> some(List<String> texts, int every) {
    return java.util.stream.IntStream.range(0, texts.size())
        .filter(i -> i % every == 0)
        .mapToObj(texts::get)
        .toList();
  }

  private static long usedMebibytes() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }
}
