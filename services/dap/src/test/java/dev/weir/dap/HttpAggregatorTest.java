package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.dap.client.AnswerFault;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.HttpAggregator.Collection;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.TaskId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a collector asks again, by what leaders and proxies say of it. */
class HttpAggregatorTest {
  private static final String NAME = "8BY0RzZMzxvA46_8ymhzycOB9krN-QIGYvg_RsByGec";
  private static final TaskId TASK = TaskId.of(NAME);
  private static final CollectionJobReq NEXT = CollectionJobReq.of(new Query.NextBatch());
  private static final String JOB = "/relay/l/tasks/" + NAME + "/collection_jobs/x";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Optional<String> location = Optional.empty();
  private Optional<String> retryAfter = Optional.empty();
  private byte[] body = {};
  @TempDir private Path directory;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      location.ifPresent(to -> exchange.getResponseHeaders().add("Location", to));
      retryAfter.ifPresent(seconds -> exchange.getResponseHeaders().add("Retry-After", seconds));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private HttpAggregator leader() {
    return new HttpAggregator(
        HttpClient.newHttpClient(), URI.create(origin() + "/relay/l/"), () -> Optional.of("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        JOB,
        "collection_jobs/x",
        "/dap/tasks/" + NAME + "/collection_jobs/x",
        "/tasks/" + NAME + "/collection_jobs/x"
      })
  void location_ofTheLeader_isAskedBelowTheAddressThatLeadsToIt(String says) {
    location = Optional.of(says);
    var begun = leader().collect(TASK, NEXT);
    leader().forget(leader().ask(begun));
    assertThat(asked)
        .containsExactly(
            "POST /relay/l/tasks/" + TASK + "/collection_jobs", "GET " + JOB, "DELETE " + JOB);
  }

  @Test
  void query_ofALocation_isKept() {
    location = Optional.of("/dap/tasks/" + TASK + "/collection_jobs/x?step=0");
    leader().ask(leader().collect(TASK, NEXT));
    assertThat(asked).last().isEqualTo("GET " + JOB + "?step=0");
  }

  @Test
  void locationOfAnotherServer_getsNoToken() {
    var elsewhere = new ArrayList<>(List.of("/other/place", "http://[", "//evil.example/tasks/x"));
    elsewhere.add("https://127.0.0.1:" + server.getAddress().getPort() + JOB);
    elsewhere.add("http://evil.example" + JOB);
    for (String says : elsewhere) {
      location = Optional.of(says);
      assertThatThrownBy(() -> leader().collect(TASK, NEXT))
          .as(says)
          .isInstanceOfSatisfying(
              DapAnswerException.class,
              e -> assertThat(e.id()).isEqualTo(AnswerFault.FOREIGN_LOCATION.id()));
    }
    var kept = new Collection(URI.create("http://evil.example" + JOB), Optional.empty());
    var climbing = URI.create(origin() + "/relay/l/tasks/../../../secret");
    assertThatThrownBy(() -> leader().ask(kept)).isInstanceOf(DapAnswerException.class);
    assertThatThrownBy(() -> leader().forget(new Collection(climbing, Optional.empty())))
        .isInstanceOf(DapAnswerException.class);
    assertThat(asked).hasSize(elsewhere.size()).allMatch(one -> one.startsWith("POST "));
  }

  /** A proxy's page, a login page of a network: nobody's message. */
  @Test
  void answerThatIsNoDap_isToldAsSuch() {
    body = "<html>log in first</html>".getBytes(StandardCharsets.UTF_8);
    location = Optional.of(JOB);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> leader().key(),
            () -> leader().upload(TASK, List.of()),
            () -> leader().collect(TASK, NEXT))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              DapAnswerException.class,
              e -> assertThat(e.id()).isEqualTo(AnswerFault.NOT_DAP.id()));
    }
  }

  @Test
  void whatAHostileAggregatorSays_turnsNoTerminalOver() {
    status = 403;
    for (char hostile : new char[] {0x1b, 0x07, '\r', 0x9b, 0x202e, 0x200b}) {
      var text = "{\"type\":\"urn:x" + hostile + "\",\"detail\":\"all" + hostile + " sent\"}";
      body = text.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> leader().key())
          .isInstanceOfSatisfying(
              DapAnswerException.class,
              e -> assertThat(e.id() + e.getMessage()).doesNotContain(String.valueOf(hostile)));
    }
    body = "{\"type\":\"urn:x\",\"detail\":\"不可以\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> leader().key()).hasMessage("不可以");
  }

  /** A day is no wait: who asks for it is away, and the reports stay. */
  @Test
  void leaderThatSendsUsAwayForLong_isAway_andOneThatDoesNot_isWaitedFor() {
    status = 429;
    for (var each :
        Map.of("86400", List.<Duration>of(), "7", List.of(Duration.ofSeconds(7))).entrySet()) {
      retryAfter = Optional.of(each.getKey());
      var waits = new ArrayList<Duration>();
      try (var journal = new UploadJournal(directory.resolve(each.getKey()))) {
        var upload =
            new BulkUpload(
                journal,
                reports -> leader().upload(TASK, reports),
                wait -> {
                  waits.add(wait);
                  retryAfter = Optional.of("301");
                });
        var summary = upload.run(List.of("1", "2").iterator(), RowReports.MAKER, rows -> {});
        assertThat(waits).isEqualTo(each.getValue());
        assertThat(summary.waiting()).isEqualTo(2);
      }
    }
  }

  @Test
  void collectionWithoutALocation_isToldAsSuch() {
    assertThatThrownBy(() -> leader().collect(TASK, NEXT))
        .isInstanceOfSatisfying(
            DapAnswerException.class,
            e -> {
              assertThat(e.id()).isEqualTo(AnswerFault.NO_LOCATION.id());
              assertThat(e.isPassing()).isFalse();
            });
  }
}
