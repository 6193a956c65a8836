package dev.weir.acceptance.query;

import static dev.weir.acceptance.stack.Asking.problem;
import static dev.weir.acceptance.stack.Asking.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Halt;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.ApiClient;
import dev.weir.testkit.OpenApiContract;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The query service as a whole: records through intake, contracts from the control plane. */
@ExtendWith(SharedServices.class)
class QueryServiceTest {
  private static EmbeddedServices services;
  private static ControlPlane control;
  private static Facts facts;
  private static ContractTerms exact;
  private static ContractTerms dp;

  @BeforeAll
  static void load(EmbeddedServices shared) {
    services = shared;
    control = services.controlPlane();
    facts = Facts.load(services, control.openDomain());
    exact = control.sign(List.of(facts.exact("facts")), 0, 500);
    dp = control.sign(List.of(facts.dp("people")), 100_000_000, 500);
    Asking.under(services, exact).ask("SELECT COUNT(*) FROM facts");
  }

  @Test
  void service_isWhatItsOpenApiFileSays() {
    OpenApiContract.check(services.query());
  }

  @Test
  void exactAnswer_isTheTruth_andLeavesWithAReceiptAndACharge() {
    var view = ask(exact, "SELECT g, COUNT(*), SUM(amount) FROM facts WHERE g > 16 GROUP BY g");
    assertThat(view.path("status").asText()).as(view.toString()).isEqualTo("DONE");
    var rows = view.path("answer").path("rows");
    assertThat(rows).hasSize(3);
    for (JsonNode row : rows) {
      int g = row.get(0).path("text").asInt();
      assertThat(number(row.get(1))).isEqualByComparingTo("100");
      assertThat(number(row.get(2))).isEqualByComparingTo(new BigDecimal(g * 1000 + 495));
    }
    assertThat(view.path("receiptLeaf").isTextual()).isTrue();
    assertThat(view.path("answer").path("synthetic").asBoolean()).isTrue();
  }

  @Test
  void dpAnswer_isNearTheTruth_costsWhatItSaid_andItsRepeatIsFree() {
    var asking = Asking.under(services, dp);
    var first = asking.ask("SELECT COUNT(*) FROM people", Map.of("nanoRho", 2_000_000));
    assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("DONE");
    long spent = spent(dp);
    var again = asking.ask("select count(*) as n from people", Map.of("nanoRho", 2_000_000));
    assertThat(first.path("charged").path("nanoRho").asLong()).isEqualTo(2_000_000);
    // sigma = 1/sqrt(2 rho) < 16: further away than 110 has a probability below 1e-9
    assertThat(number(cell(first)).intValue()).isBetween(Facts.RECORDS - 110, Facts.RECORDS + 110);
    assertThat(number(cell(again))).isEqualByComparingTo(number(cell(first)));
    assertThat(again.path("charged").path("nanoRho").asLong()).isZero();
    assertThat(again.path("charged").path("fen").asLong()).isZero();
    assertThat(spent(dp)).isEqualTo(spent);
  }

  @Test
  void allotmentGone_isRefused_andNothingIsSpent() {
    var terms = control.sign(List.of(facts.dp("people")), 3_000_000, 500);
    var asking = Asking.under(services, terms);
    var first = asking.ask("SELECT COUNT(*) FROM people", Map.of("nanoRho", 2_000_000));
    var second = asking.ask("SELECT SUM(amount) FROM people", Map.of("nanoRho", 2_000_000));
    assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("DONE");
    assertThat(problem(second)).isEqualTo("urn:weir:problem:budget-exhausted");
    assertThat(spent(terms)).isEqualTo(2_000_000);
  }

  @Test
  void quota_isKept() {
    var terms = control.sign(List.of(facts.exact("facts")), 0, 2);
    var asking = Asking.under(services, terms);
    asking.ask("SELECT COUNT(*) FROM facts");
    asking.ask("SELECT COUNT(*) FROM facts WHERE g >= 10");
    var third = asking.ask("SELECT COUNT(*) FROM facts WHERE g >= 15");
    assertThat(third.path("status").asText()).as(third.toString()).isEqualTo("REFUSED");
  }

  @Test
  void whatTheContractDoesNotAllow_isRefusedEachForItsReason() {
    var asking = Asking.under(services, exact);
    assertThat(rule(asking.ask("SELECT i FROM facts"))).isEqualTo("sql-raw-rows");
    assertThat(rule(asking.ask("SELECT COUNT(*) FROM facts WHERE secret > 'a'")))
        .isEqualTo("sql-column-never");
    var small = asking.ask("SELECT COUNT(*) FROM facts WHERE city = '平潭'");
    assertThat(rule(small)).isEqualTo("min-group");
    assertThat(small.path("rule").asText()).isEqualTo("min-group");
    assertThat(small.path("decision").asText()).isEqualTo("deny");
    var purpose = asking.ask("SELECT COUNT(*) FROM facts", Map.of("purpose", "advertising"));
    assertThat(purpose.path("status").asText()).isEqualTo("REFUSED");
    assertThat(purpose.toString()).contains("purpose");
  }

  @Test
  void pairThatTellsAFewRecordsApart_isRefused() {
    var asking = Asking.under(services, exact);
    var first = asking.ask("SELECT SUM(amount) FROM facts WHERE i < 700");
    var second = asking.ask("SELECT SUM(amount) FROM facts WHERE i < 703");
    assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("DONE");
    assertThat(rule(second)).as(second.toString()).isEqualTo("differencing");
  }

  @Test
  void dryRun_chargesNothing() {
    long before = spent(dp);
    var view =
        Asking.under(services, dp)
            .ask("SELECT city, AVG(amount) FROM people GROUP BY city", Map.of("dryRun", true));
    assertThat(view.path("status").asText()).as(view.toString()).isEqualTo("DRY_RUN");
    assertThat(view.path("expected").path("costs")).isNotEmpty();
    assertThat(view.has("answer") && !view.path("answer").isNull()).isFalse();
    assertThat(spent(dp)).isEqualTo(before);
  }

  @Test
  void queryOfAnotherParty_answersLikeAnUnknownOne() {
    var view = ask(exact, "SELECT COUNT(*) FROM facts WHERE g >= 11");
    var rival = services.query().as(Asking.RIVAL);
    for (String path : List.of("/v1/queries/%s", "/v1/contracts/%s/allotments")) {
      String id = path.contains("contracts") ? exact.id().toString() : view.path("id").asText();
      var hidden = rival.get(path.formatted(id));
      var unknown = rival.get(path.formatted(QueryId.random()));
      assertThat(hidden.status()).isEqualTo(404);
      assertThat(withoutInstance(hidden.body())).isEqualTo(withoutInstance(unknown.body()));
    }
    assertThat(rival.get("/v1/queries").json().path("items")).isEmpty();
    assertThat(services.query().as(Records.OFFICER).get("/v1/uses").json().path("items"))
        .isNotEmpty();
    var strange = Account.of("other-officer", ControlPlane.RIVAL, Role.PROVIDER);
    assertThat(services.query().as(strange).get("/v1/uses").json().path("items")).isEmpty();
  }

  /** Load may delay one stop; it does not delay the quickest of three. */
  @Test
  void stoppedContract_refusesTheNextUseWithinASecond() {
    long quickest = LongStream.generate(this::nanosFromStopToRefusal).limit(3).min().orElseThrow();
    assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofSeconds(1));
  }

  private long nanosFromStopToRefusal() {
    var terms = control.sign(List.of(facts.exact("facts")), 0, 500);
    var asking = Asking.under(services, terms);
    assertThat(asking.ask("SELECT COUNT(*) FROM facts").path("status").asText()).isEqualTo("DONE");
    control.stop(terms);
    long start = System.nanoTime();
    var refused =
        Records.await(
            () -> asking.ask("SELECT COUNT(*) FROM facts"),
            view -> !view.path("status").asText().equals("DONE"));
    assertThat(problem(refused)).isEqualTo("urn:weir:problem:contract-ended");
    return System.nanoTime() - start;
  }

  /** The answer waits for its slot, as a long query waits for its engine. */
  @Test
  void stoppedContract_endsARunningQueryWithinFiveSeconds() {
    var terms = control.sign(List.of(facts.dp("people")), 50_000_000, 500);
    try (var service = services.startQuery(Map.of("answerSlot", "PT8S"))) {
      var asking = new Asking(service.as(Asking.ANALYST), terms.id());
      asking.ask("SELECT COUNT(*) FROM people");
      var running = asking.submit("SELECT SUM(amount) FROM people", Map.of());
      assertThat(running.status()).as(running.body()).isEqualTo(202);
      control.stop(terms);
      long start = System.nanoTime();
      var ended = asking.ended(running.json());
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
      assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("REFUSED");
      assertThat(problem(ended)).isEqualTo("urn:weir:problem:contract-ended");
      assertThat(ended.path("charged").path("nanoRho").asLong()).isZero();
    }
  }

  @Test
  void queriesThatARestartBrokeOff_endAsFailed() {
    var view = ask(exact, "SELECT COUNT(*) FROM facts WHERE g >= 12");
    services.asSuperuser(
        "UPDATE query.queries SET status = 'RUNNING', answer = NULL WHERE id = '"
            + view.path("id").asText()
            + "'");
    services.restartQuery();
    var after = Asking.under(services, exact).ended(view(view.path("id").asText()));
    assertThat(after.path("status").asText()).isEqualTo("FAILED");
    assertThat(rule(after)).isEqualTo("restart");
    var next = Asking.under(services, exact).ask("SELECT COUNT(*) FROM facts WHERE g >= 13");
    assertThat(next.path("status").asText()).as(next.toString()).isEqualTo("DONE");
  }

  /** The answer waits for its slot while another instance starts and looks for orphans. */
  @Test
  void queryOfAnInstanceThatLives_isLeftToIt_andAnOrphanIsEndedByAnyOther() {
    var terms = control.sign(List.of(facts.dp("people")), 50_000_000, 500);
    try (var owner = services.startQuery(Map.of("answerSlot", "PT8S"))) {
      var asking = new Asking(owner.as(Asking.ANALYST), terms.id());
      asking.ask("SELECT COUNT(*) FROM people WHERE amount > 4");
      var running = asking.submit("SELECT COUNT(*) FROM people WHERE amount > 5", Map.of());
      assertThat(running.status()).as(running.body()).isEqualTo(202);
      try (var other = services.startQuery(Map.of())) {
        var orphan = ask(exact, "SELECT COUNT(*) FROM facts WHERE g >= 14").path("id").asText();
        services.asSuperuser(
            "UPDATE query.queries SET status = 'RUNNING', answer = NULL, owner = gen_random_uuid()"
                + " WHERE id = '%s'".formatted(orphan));
        var ended = new Asking(other.as(Asking.ANALYST), exact.id()).ended(view(orphan));
        assertThat(rule(ended)).isEqualTo("restart");
        var answered = asking.ended(running.json());
        assertThat(answered.path("status").asText()).as(answered.toString()).isEqualTo("DONE");
      }
    }
  }

  /** Nothing is published: the ledger alone knows of the stop. */
  @Test
  void productStoppedInTheLedger_endsARunningQueryAndRefusesTheNext_beforeTheTopicsSaySo() {
    var terms = control.sign(List.of(facts.dp("people")), 50_000_000, 500);
    try (var service = services.startQuery(Map.of("answerSlot", "PT8S"))) {
      var asking = new Asking(service.as(Asking.ANALYST), terms.id());
      asking.ask("SELECT COUNT(*) FROM people");
      var running = asking.submit("SELECT SUM(amount) FROM people", Map.of());
      assertThat(running.status()).as(running.body()).isEqualTo(202);
      control.haltUnheard(new Halt.Product(terms.products().getFirst().id()));
      long start = System.nanoTime();
      var next = asking.ask("SELECT COUNT(*) FROM people");
      assertThat(problem(next)).as(next.toString()).isEqualTo("urn:weir:problem:contract-ended");
      var ended = asking.ended(running.json());
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
      assertThat(problem(ended)).as(ended.toString()).isEqualTo("urn:weir:problem:contract-ended");
      assertThat(ended.path("charged").path("nanoRho").asLong()).isZero();
    }
  }

  @Test
  void requestKey_standsForEverythingTheCallerSent() {
    var client = Asking.under(services, dp).analyst();
    var body = new LinkedHashMap<String, Object>();
    body.put("contractId", dp.id());
    body.put("purpose", ControlPlane.PURPOSE);
    body.put("sql", "SELECT COUNT(*) FROM people WHERE amount > 3");
    body.put("dryRun", false);
    body.put("nanoRho", 1_000_000);
    body.put("picoDelta", 5);
    var first = postOnce(client, body);
    assertThat(first.status()).as(first.body()).isBetween(200, 202);
    var same = postOnce(client, body);
    assertThat(same.json().path("id")).isEqualTo(first.json().path("id"));
    for (var other :
        List.<Map<String, Object>>of(
            Map.of("nanoRho", 1_000_001), Map.of("picoDelta", 6), Map.of("dryRun", true))) {
      var changed = new LinkedHashMap<>(body);
      changed.putAll(other);
      assertThat(postOnce(client, changed).status()).as("%s", other).isEqualTo(409);
    }
    body.remove("nanoRho");
    body.put("relativeError", 0.5);
    assertThat(postOnce(client, body).status()).isEqualTo(409);
  }

  @Test
  void postgresql_byConfigurationAlone_answersTheSame() {
    String sql = "SELECT city, COUNT(*), MEDIAN(amount) FROM facts GROUP BY city";
    var onDuckDb = ask(exact, sql);
    // Another contract over the same lineage: what DuckDB told is held against what follows.
    var terms = control.sign(List.of(facts.exact("facts")), 0, 500);
    var told = ask(exact, "SELECT SUM(i) FROM facts WHERE i < 900");
    assertThat(told.path("status").asText()).as(told.toString()).isEqualTo("DONE");
    try (var service = services.startQuery(Map.of("engine", "POSTGRESQL"))) {
      var asking = new Asking(service.as(Asking.ANALYST), terms.id());
      var onPostgres = asking.ask(sql);
      assertThat(onPostgres.path("status").asText()).as(onPostgres.toString()).isEqualTo("DONE");
      assertThat(onPostgres.path("answer")).isEqualTo(onDuckDb.path("answer"));
      var near = asking.ask("SELECT SUM(i) FROM facts WHERE i < 903");
      assertThat(rule(near)).as(near.toString()).isEqualTo("differencing");
    }
  }

  private static JsonNode ask(ContractTerms terms, String sql) {
    return Asking.under(services, terms).ask(sql);
  }

  private static Answer postOnce(ApiClient client, Map<String, ?> body) {
    return client.send(
        client
            .request("/v1/queries")
            .header("Idempotency-Key", "one-request")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.canonical(body))));
  }

  private static JsonNode view(String id) {
    return Asking.under(services, exact).analyst().get("/v1/queries/" + id).json();
  }

  private static JsonNode cell(JsonNode view) {
    return view.path("answer").path("rows").path(0).path(0);
  }

  private static BigDecimal number(JsonNode cell) {
    return new BigDecimal(cell.path("number").asText());
  }

  private static long spent(ContractTerms terms) {
    return services
        .query()
        .as(Asking.ANALYST)
        .get("/v1/contracts/" + terms.id() + "/allotments")
        .json()
        .path(0)
        .path("spentNanoRho")
        .asLong();
  }

  static String withoutInstance(String problem) {
    return problem.replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:none");
  }
}
