package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BorderProbeTest {
  private static final Account ANALYST =
      Account.of("builder-analyst", Account.party(1), Role.CONSUMER);
  private static final Account NOBODY = Account.of("without-roles", Account.party(2));

  private static LocalIssuer issuer;
  private static TestService service;
  private static ProbeResource probe;

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start();
    probe = new ProbeResource();
    service = TestService.start(new ProbeApplication(probe), "probe", issuer, Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
  }

  @Test
  void token_ofAnAllowedRole_isLetInAndNamesItsParty() {
    var answer = service.as(ANALYST).get("/v1/probe");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("party").asText()).isEqualTo(ANALYST.party().value());
    secured(answer);
  }

  @Test
  void token_withoutAnAllowedRole_isForbidden() {
    problem(service.as(NOBODY).get("/v1/probe"), ProblemType.FORBIDDEN);
  }

  @Test
  void token_thatJoinsAdministrators_isRefusedEverywhere() {
    var both =
        Account.of(
            "two-hats", Account.party(3), Role.CONSUMER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN);
    problem(service.as(both).get("/v1/probe"), ProblemType.ROLES_CONFLICT);
  }

  @Test
  void request_withoutToken_isUnauthenticatedAndToldHow() {
    var answer = service.anonymous().get("/v1/probe");
    problem(answer, ProblemType.UNAUTHENTICATED);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"weir\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/probe/pages?limt=3",
        "/v1/probe/pages?limit=3&Cursor=",
        "/v1/probe?limit=3",
        "/v1/probe/queries/q-0?m=1",
        "/v1/probe/pages?limit=3&limit=4",
        "/v1/probe/pages?limit=3&limit=3"
      })
  void queryParameter_thatTheEndpointDoesNotDeclareOrIsGivenTwice_isRefused(String path) {
    problem(service.as(ANALYST).get(path), ProblemType.INVALID_REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\"} | count",
        "{\"name\":\"a\",\"count\":\"1\"} | count",
        "{\"name\":{},\"count\":1} | name",
        "{\"name\":\"a\",\"count\":1,\"canary-7f3a\":2} | ''"
      })
  void bodyThatIsNotAsDocumented_isToldByField(String body, String field) {
    var answer = service.as(ANALYST).send("POST", "/v1/probe", body.getBytes(UTF_8));
    problem(answer, ProblemType.MALFORMED_BODY);
    assertThat(answer.json().path("field").asText()).isEqualTo(field);
    assertThat(answer.body()).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "short", "a key with blanks"})
  void idempotencyKey_ofAnotherForm_isRefusedAndNotTakenForNone(String key) {
    var client = service.as(ANALYST);
    var request =
        client
            .request("/v1/probe")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"name\":\"a\",\"count\":1}"));
    problem(client.send(request), ProblemType.INVALID_REQUEST);
  }

  @Test
  void queryParameter_thatNobodyDeclared_isNotDiscussedWithoutAToken() {
    problem(service.anonymous().get("/v1/probe?limt=3"), ProblemType.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "[]",
        "\"x\"",
        "{\"name\":\"a\",\"count\":1,\"more\":2}",
        "{\"name\":\"a\",\"name\":\"b\",\"count\":1}",
        "{\"name\":\"a\",\"count\":1} x",
        "{\"name\":null,\"count\":1}",
        "{\"count\":1}",
        "{\"name\":\"a\"}",
        "{\"name\":\"a\",\"count\":\"1\"}",
        "{\"name\":1,\"count\":1}",
        "{\"name\":\"a\",\"count\":1.5}",
        "{\"name\":\"a\",\"count\":99999999999}",
        "{\"@class\":\"java.lang.String\"}"
      })
  void body_thatIsNotWhatTheContractSays_isMalformed(String body) {
    problem(
        service.as(ANALYST).send("POST", "/v1/probe", body.getBytes(UTF_8)),
        ProblemType.MALFORMED_BODY);
  }

  @Test
  void body_nestedDeeperThanFifty_isMalformed() {
    String deep = "[".repeat(51) + "]".repeat(51);
    problem(
        service.anonymous().send("POST", "/v1/probe/any", deep.getBytes(UTF_8)),
        ProblemType.MALFORMED_BODY);
  }

  @Test
  void body_thatBreaksARule_isUnprocessableAndSaysWhich() {
    var answer = service.as(ANALYST).post("/v1/probe", Map.of("name", "far too long", "count", 1));
    problem(answer, ProblemType.VALIDATION_FAILED);
    assertThat(answer.json().path("violations").toString()).contains("name").doesNotContain("far");
  }

  @Test
  void body_ofAnotherMediaType_isUnsupported() {
    var text = service.as(ANALYST).request("/v1/probe").header("Content-Type", "text/plain");
    problem(
        service.as(ANALYST).send(text.POST(BodyPublishers.ofString("x"))),
        ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void body_thatIsCompressed_isUnsupported() {
    var gzip =
        service
            .anonymous()
            .request("/v1/probe/any")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip");
    problem(
        service.anonymous().send(gzip.POST(BodyPublishers.ofByteArray(new byte[] {31, -117}))),
        ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void body_overTheLimit_isRefusedBeforeItIsParsed() {
    byte[] big = ("\"" + "a".repeat(1 << 20) + "\"").getBytes(UTF_8);
    problem(service.anonymous().send("POST", "/v1/probe/any", big), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void body_overTheLimitWithoutALength_isRefusedWhileItIsRead() {
    byte[] big = ("\"" + "a".repeat(2 << 20) + "\"").getBytes(UTF_8);
    var chunked =
        service
            .anonymous()
            .request("/v1/probe/any")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(big)));
    problem(service.anonymous().send(chunked), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void upload_onADeclaredRoute_mayBeLarger() {
    var upload =
        service
            .anonymous()
            .request("/v1/probe/uploads")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(new byte[3 << 20]));
    assertThat(service.anonymous().send(upload).json().path("bytes").asInt()).isEqualTo(3 << 20);
  }

  @Test
  void body_onAPathWithALimitOfItsOwn_mayBeThatLargeAndNoLarger() {
    assertThat(large(new byte[ProbeApplication.LARGE]).json().path("bytes").asInt())
        .isEqualTo(ProbeApplication.LARGE);
    problem(large(new byte[ProbeApplication.LARGE + 1]), ProblemType.BODY_TOO_LARGE);
    var chunked =
        service
            .anonymous()
            .request("/v1/probe/large")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 << 19])));
    problem(service.anonymous().send(chunked), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void largeBodies_comeInAFewAtATime() throws IOException {
    var slow = new ArrayList<Socket>();
    for (int i = 0; i < 4; i++) {
      slow.add(begun());
    }
    var body = new byte[ProbeApplication.LARGE];
    problem(large(body), ProblemType.UNAVAILABLE);
    assertThat(service.as(ANALYST).get("/v1/probe").status()).isEqualTo(200);
    for (Socket socket : slow) {
      socket.close();
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    var answer = large(body);
    while (answer.status() != 200 && System.nanoTime() < deadline) {
      answer = large(body);
    }
    assertThat(answer.status()).isEqualTo(200);
  }

  /** A large body that the service has asked for, and of which nothing comes. */
  private static Socket begun() throws IOException {
    var api = service.running().api();
    var socket = new Socket(api.getHost(), api.getPort());
    String head =
        "POST /v1/probe/large HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n"
            + "Content-Length: "
            + ProbeApplication.LARGE
            + "\r\nExpect: 100-continue\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(UTF_8));
    String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
    assertThat(new String(socket.getInputStream().readNBytes(goOn.length()), UTF_8))
        .isEqualTo(goOn);
    return socket;
  }

  private static Answer large(byte[] body) {
    return service
        .anonymous()
        .send(
            service
                .anonymous()
                .request("/v1/probe/large")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void path_thatLeadsNowhere_isNotFound() {
    problem(service.anonymous().get("/nowhere"), ProblemType.NOT_FOUND);
    problem(service.anonymous().get("/"), ProblemType.NOT_FOUND);
    problem(service.anonymous().get("/application.wadl"), ProblemType.NOT_FOUND);
  }

  @Test
  void id_thatIsNoUuid_isInvalid() {
    problem(service.anonymous().get("/v1/probe/queries/7"), ProblemType.INVALID_REQUEST);
    problem(
        service.anonymous().get("/v1/probe/queries/" + java.util.UUID.randomUUID() + "?n=x"),
        ProblemType.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"})
  void method_thatIsNotOffered_isNotAllowedAndSaysWhatIs(String method) {
    var answer =
        service
            .as(ANALYST)
            .send(service.as(ANALYST).request("/v1/probe").method(method, BodyPublishers.noBody()));
    problem(answer, ProblemType.METHOD_NOT_ALLOWED);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/probe, 'GET, HEAD, POST'",
    "/v1/probe/any, POST",
    "/v1/probe/pages, 'GET, HEAD'",
    "/v1/probe/queries/x, 'GET, HEAD'"
  })
  void allow_namesExactlyTheMethodsThatAreAnswered(String path, String allowed) {
    var client = service.as(ANALYST);
    for (String method :
        new String[] {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"}) {
      var answer = client.send(client.request(path).method(method, BodyPublishers.noBody()));
      boolean offered = List.of(allowed.split(", ")).contains(method);
      assertThat(answer.status() == 405).as(method).isEqualTo(!offered);
      if (!offered) {
        assertThat(answer.headers().allValues("Allow")).as(method).containsExactly(allowed);
      }
    }
  }

  @Test
  void methodNobodyKnows_whereNothingIs_findsNothing() {
    var client = service.anonymous();
    for (String method : new String[] {"OPTIONS", "PATCH", "PROPFIND"}) {
      var request = client.request("/nowhere").method(method, BodyPublishers.noBody());
      problem(client.send(request), ProblemType.NOT_FOUND);
    }
  }

  @Test
  void adminPort_namesItsMethods() {
    var admin = service.admin();
    for (String path : new String[] {"/health", "/metrics"}) {
      for (String method : new String[] {"GET", "HEAD", "OPTIONS", "TRACE", "POST", "DELETE"}) {
        var answer = admin.send(admin.request(path).method(method, BodyPublishers.noBody()));
        boolean offered = !method.equals("POST") && !method.equals("DELETE");
        assertThat(answer.status() == 405).as(method).isEqualTo(!offered);
        if (!offered) {
          problem(answer, ProblemType.METHOD_NOT_ALLOWED);
          assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, TRACE");
        }
      }
    }
  }

  @Test
  void mediaType_thatIsNotOffered_isNotAcceptable() {
    var html = service.as(ANALYST).request("/v1/probe").header("Accept", "text/html");
    problem(service.as(ANALYST).send(html.GET()), ProblemType.NOT_ACCEPTABLE);
  }

  @Test
  void path_withMatrixParameters_isRefused() {
    problem(service.as(ANALYST).get("/v1/probe;x=1"), ProblemType.INVALID_REQUEST);
    problem(service.as(ANALYST).get("/v1;x=1/probe"), ProblemType.INVALID_REQUEST);
  }

  @Test
  void headers_overEightKibibytes_areRefused() {
    var large = service.anonymous().request("/v1/probe").header("X-Large", "a".repeat(9000));
    problem(service.anonymous().send(large.GET()), ProblemType.HEADERS_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fault", "/error", "/unwritable"})
  void fault_ofOurs_saysNothingOfItsCause(String path) {
    problem(service.anonymous().get("/v1/probe" + path), ProblemType.INTERNAL);
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void problem_ofEveryType_hasItsStatusAndItsExtensions(ProblemType type) {
    var answer = service.anonymous().get("/v1/probe/problems/" + type);
    problem(answer, type);
    assertThat(answer.json().path("minGroup").asInt()).isEqualTo(10);
    assertThat(answer.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(type.status() == 503 || type.status() == 429);
  }

  @Test
  void pages_followEachOtherToTheEnd() {
    var first = service.anonymous().get("/v1/probe/pages?limit=4").json();
    var rest =
        service.anonymous().get("/v1/probe/pages?limit=4&cursor=" + first.path("next").asText());
    assertThat(first.path("items")).hasSize(4);
    assertThat(rest.json().path("items")).hasSize(3);
    assertThat(rest.json().has("next")).isFalse();
    problem(service.anonymous().get("/v1/probe/pages?limit=201"), ProblemType.INVALID_REQUEST);
    problem(service.anonymous().get("/v1/probe/pages?cursor=%21"), ProblemType.INVALID_REQUEST);
  }

  @Test
  void adminPort_showsHealthAndMetricsAndNothingElse() {
    service.as(ANALYST).get("/v1/probe");
    assertThat(service.admin().get("/health").json().path("healthy").asBoolean()).isTrue();
    assertThat(service.admin().get("/metrics").status()).isEqualTo(200);
    assertThat(service.admin().get("/metrics").body())
        .contains("jvm_")
        .contains("route=\"/v1/probe\"");
    for (String path :
        new String[] {"/", "/threads", "/pprof", "/tasks/gc", "/healthcheck", "/ping"}) {
      problem(service.admin().get(path), ProblemType.NOT_FOUND);
    }
    assertThat(service.running().admin().getHost()).isEqualTo("127.0.0.1");
  }

  static void problem(Answer answer, ProblemType type) {
    assertThat(answer.mediaType()).as("%s", answer.status()).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").asText()).isEqualTo(type.urn());
    assertThat(answer.status()).isEqualTo(type.status());
    assertThat(answer.json().path("title").asText()).isEqualTo(type.title());
    assertThat(answer.json().path("instance").asText()).matches("urn:uuid:[0-9a-f-]{36}");
    assertThat(answer.body())
        .doesNotContain("canary", "Exception", "dev.weir", "java.", "jakarta", "jersey", "jetty");
    secured(answer);
  }

  private static void secured(Answer answer) {
    assertThat(answer.headers().map())
        .containsKeys("cache-control", "x-content-type-options", "content-security-policy")
        .containsKeys("referrer-policy", "cross-origin-resource-policy", "permissions-policy")
        .doesNotContainKey("server");
  }
}
