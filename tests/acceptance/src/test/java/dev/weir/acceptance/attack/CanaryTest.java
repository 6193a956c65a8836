package dev.weir.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.http.Public;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.ApiClient;
import dev.weir.testkit.TestService;
import io.prometheus.metrics.core.metrics.Counter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marked values go through every flow; none comes out in a log, a metric, a problem or a topic that
 * is not its resource's own. Runs last, so that the logs and topics of all other tests are searched
 * for the mark in their records, too.
 */
@ExtendWith(SharedServices.class)
@Order(Integer.MAX_VALUE)
class CanaryTest {
  private static final String MARK = "canary-9c4e71";
  private static final String LEAK = "canary-leak-38d0";

  private final List<Answer> answers = new ArrayList<>();

  @Test
  void markedValues_ofEveryFlow_areNowhereOutsideTheirDomain(EmbeddedServices services)
      throws Exception {
    // given
    goodAndBadRecords(services);
    unreadableFiles(services);
    questions(services);
    requestsThatAreNot(services);
    // when
    var search = new Search(List.of(MARK, Facts.CANARY));
    drained(services);
    search.lines(services.printed().text());
    services.all().values().forEach(search::metrics);
    answers.forEach(search::problem);
    search.topics(services);
    // then
    assertThat(search.found()).isEmpty();
    assertThat(search.payloads()).isPositive();
    assertThat(answers).filteredOn(answer -> answer.status() >= 400).hasSizeGreaterThan(20);
  }

  @Test
  void plantedLeaks_areFoundInEveryPlace(EmbeddedServices services) throws Exception {
    var search = new Search(List.of(LEAK));
    try (var leaky = TestService.start(new Leaky(), "leaky", services.issuer(), Map.of())) {
      search.problem(leaky.anonymous().get("/v1/leak?value=" + LEAK));
      search.metrics(leaky);
      drained(services);
      search.lines(services.printed().text());
    }
    assertThat(search.found())
        .anyMatch(place -> place.startsWith("problem: "))
        .anyMatch(place -> place.startsWith("metric: weir_leak_total"))
        .anyMatch(place -> place.startsWith("log: ") && place.contains("leaked value="));
    services.publish("audit.leak-test", LEAK);
    search.topics(services);
    assertThat(search.found()).contains("topic: audit.leak-test");
  }

  private void goodAndBadRecords(EmbeddedServices services) {
    var control = services.controlPlane();
    var schema = new RecordSchema(List.of(column("name"), column("note")));
    var resource = control.openResource(control.openDomain(), LineageId.random(), schema);
    String csv = "name,note\n" + MARK + ",fine\n" + MARK + "!!," + MARK + "\n";
    var source = Records.profiled(services, BodyPublishers.ofString(csv), Map.of());
    var rule =
        Map.of("type", "pattern", "column", "name", "regex", "[a-z0-9-]+", "action", "reject");
    var run = Records.sealed(services, resource, source, List.of(rule));
    assertThat(run.path("rejected").asInt()).isEqualTo(1);
  }

  private void unreadableFiles(EmbeddedServices services) {
    var officer = services.intake().as(Records.OFFICER);
    for (String file : List.of("a,b\n\"" + MARK, "PAR1" + MARK + "PAR1", "a,a\n" + MARK)) {
      var upload =
          officer.send(
              officer
                  .request("/v1/sources?name=" + MARK)
                  .header("Content-Type", "application/octet-stream")
                  .POST(BodyPublishers.ofString(file)));
      String path = "/v1/sources/" + upload.json().path("id").asText();
      keep(officer.post(path + "/profile", Map.of("encoding", MARK)));
      keep(officer.post(path + "/profile", Map.of()));
      Records.await(
          () -> officer.get(path).json(),
          view -> !view.path("status").asText().matches("UPLOADED|PROFILING"));
      keep(officer.get(path + "/profile"));
    }
  }

  private void questions(EmbeddedServices services) {
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    var terms = control.sign(List.of(facts.exact("facts"), facts.dp("people")), 1_000_000, 500);
    var asking = Asking.under(services, terms);
    asking.ask("SELECT COUNT(*) FROM facts");
    for (String sql :
        List.of(
            "SELECT COUNT(*) FROM facts WHERE city <> '" + MARK + "'",
            "SELECT COUNT(*) FROM facts WHERE secret = '" + MARK + "'",
            "SELECT secret FROM facts WHERE city = '" + MARK + "'",
            "SELECT \"" + MARK + "\" FROM facts",
            "SELECT COUNT(*) FROM people WHERE city = '" + MARK + "'",
            "SELECT '" + MARK,
            "SELECT COUNT(*) FROM facts WHERE CAST('" + MARK + "' AS INTEGER) = 1")) {
      keep(asking.submit(sql, Map.of("nanoRho", 1_000)));
      keep(asking.submit(sql, Map.of("nanoRho", 1_000, "dryRun", true)));
    }
    keep(asking.submit("SELECT COUNT(*) FROM facts", Map.of("purpose", MARK)));
  }

  private void requestsThatAreNot(EmbeddedServices services) {
    var everybody =
        Account.of("canary-caller", Account.party(31), Role.PROVIDER, Role.CONSUMER, Role.OPERATOR);
    for (TestService service : services.all().values()) {
      var caller = service.as(everybody);
      for (var endpoint : service.running().endpoints()) {
        String path = endpoint.template().replaceAll("\\{[^}]*}", MARK);
        String body = "{\"" + MARK + "\":\"" + MARK + "\",\"sql\":" + MARK;
        keep(request(caller, endpoint.httpMethod(), path + "?cursor=" + MARK, body));
        keep(request(caller, endpoint.httpMethod(), path, "{\"" + MARK + "\":\"" + MARK + "\"}"));
      }
      keep(service.anonymous().with(MARK).get("/v1/" + MARK));
    }
  }

  private static Answer request(ApiClient caller, String method, String path, String body) {
    return caller.send(
        caller
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", MARK + "\u00e9".repeat(300))
            .method(method, BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8))));
  }

  private void keep(Answer answer) {
    answers.add(answer);
  }

  /** Log lines are written in the background, in order: once ours is there, all earlier are. */
  private static void drained(EmbeddedServices services) {
    Logger log = LoggerFactory.getLogger("dev.weir.acceptance");
    String last = "last line " + java.util.UUID.randomUUID();
    Records.await(
        () -> {
          log.warn(last);
          return services.printed().text();
        },
        text -> text.contains(last));
  }

  private static Column column(String name) {
    return new Column(
        name, ColumnType.STRING, 0, true, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");
  }

  /** Does everything wrong at once. */
  private static final class Leaky extends WeirApplication<WeirConfiguration> {
    @Override
    protected void run(WeirConfiguration configuration, ServiceEnvironment service) {
      service.resource(
          new LeakyResource(
              Counter.builder()
                  .name("weir_leak_total")
                  .labelNames("value")
                  .register(service.metrics())));
    }
  }

  /** Logs, counts and answers with a value that it was sent. */
  @Path("/v1/leak")
  public static final class LeakyResource {
    private static final Logger log = LoggerFactory.getLogger("dev.weir.leaky");
    private final Counter counter;

    LeakyResource(Counter counter) {
      this.counter = counter;
    }

    @GET
    @Public("a leak to be found")
    public String leak(@QueryParam("value") String value) {
      log.warn("leaked value={}", value);
      counter.labelValues(value).inc();
      throw new ProblemException(ProblemType.NOT_FOUND, "Nothing for " + value);
    }
  }
}
