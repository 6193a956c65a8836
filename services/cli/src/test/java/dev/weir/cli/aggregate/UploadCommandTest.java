package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.TaskView;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import dev.weir.cli.client.PartyKey;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.hpke.HpkeConfigList;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.SigningSuite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir aggregate upload} while one aggregator or the other is away. */
class UploadCommandTest {
  private static final int AWAY = 503;

  @TempDir private Path directory;
  private final SecureRandom random = new SecureRandom();
  private final List<ReportMetadata> arrived = new ArrayList<>();
  private final List<Integer> configIds = new ArrayList<>();
  private HttpServer server;
  private volatile int keyId = 1;
  private volatile boolean leaderAway;
  private volatile boolean helperAway;
  private volatile boolean oneKey;

  /** What the leader offers instead of its own, if anything. */
  private volatile Optional<Bytes> leadersKey = Optional.empty();

  private volatile Runnable atUpload = () -> {};
  private List<Contributor> contributors = List.of();
  private String keyFile = "key";
  private volatile Optional<ReportError> refusal = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/leader/", exchange -> answer(exchange, leaderAway ? Optional.empty() : leader(exchange)));
    server.createContext(
        "/helper/", exchange -> answer(exchange, helperAway ? Optional.empty() : key()));
    server.start();
    var key = partyKey("key");
    var second = partyKey("second");
    Files.writeString(directory.resolve("passphrase"), "p");
    contributors = List.of(contributor(key), contributor(second));
    task(100, new TimeInterval(1, 1_000_000));
  }

  /** Writes the file of a task that counts so many reports of a party in each of these hours. */
  private void task(int cap, TimeInterval hours) throws IOException {
    var seed = Bytes.owning(new byte[VerifyKeys.SEED_LENGTH]);
    var terms =
        new TaskTerms(
            Bilingual.same("days"),
            "care",
            ContractId.of("00000000-0000-4000-8000-00000000c0de"),
            ProductId.of("00000000-0000-4000-8000-00000000000b"),
            code("9000"),
            code("9001"),
            code("9002"),
            Base64Url.encode(HpkeKeyRing.config(9, HpkePrivateKey.random(random)).encoded()),
            VerifyKeys.commitment(seed),
            contributors,
            1,
            cap,
            7200,
            300,
            1);
    var configuration =
        new TaskConfiguration(
            new TaskInfo(4, terms.sha256()).encoded(),
            address("leader"),
            address("helper"),
            3600,
            100,
            BatchMode.TIME_INTERVAL,
            Bytes.EMPTY,
            new VdafConfiguration.Count(),
            List.of(TaskConfiguration.interval(hours)));
    var view = TaskView.of(AggregationTask.of(configuration, terms, seed));
    Files.write(directory.resolve("task.json"), Json.mapper().writeValueAsBytes(view));
  }

  private PartyKey partyKey(String name) throws IOException {
    return PartyKey.generate(
        SigningSuite.named("intl"), directory.resolve(name), Secret.of("p"), random);
  }

  private static Contributor contributor(PartyKey key) {
    return new Contributor(
        code("1000"), "intl", Base64Url.encode(Bytes.copyOf(key.publicKeyBytes())));
  }

  private static CreditCode code(String number) {
    String body = "1299000090000" + number;
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String address(String aggregator) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + aggregator + "/";
  }

  private Optional<Bytes> key() {
    try (var key = oneKey ? HpkePrivateKey.derive(new byte[32]) : HpkePrivateKey.random(random)) {
      return Optional.of(new HpkeConfigList(List.of(HpkeKeyRing.config(keyId, key))).encoded());
    }
  }

  private Optional<Bytes> leader(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().endsWith("hpke_config")) {
      return leadersKey
          .map(key -> new HpkeConfigList(List.of(HpkeConfig.mandatory(keyId, key))).encoded())
          .or(this::key);
    }
    atUpload.run();
    var request = WireReader.whole(exchange.getRequestBody().readAllBytes(), UploadRequest::read);
    for (var report : request.reports()) {
      arrived.add(report.metadata());
      configIds.add(report.leader().configId());
    }
    return Optional.of(
        new UploadErrors(
                refusal.stream()
                    .map(error ->
                        UploadErrors.Failure.of(
                            request.reports().getFirst().metadata().id(), error))
                    .toList())
            .encoded());
  }

  private static void answer(HttpExchange exchange, Optional<Bytes> body) throws IOException {
    try (exchange) {
      if (body.isEmpty()) {
        exchange.sendResponseHeaders(AWAY, -1);
      } else {
        byte[] bytes = body.get().toArray();
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /** Uploads a file of these rows; the same rows are the same file. */
  private int upload(String rows, String... more) throws IOException {
    return upload(Files.writeString(directory.resolve("rows.csv"), rows), more);
  }

  private int upload(Path file, String... more) {
    var usual =
        Stream.of(
            "aggregate",
            "upload",
            "--task",
            directory.resolve("task.json").toString(),
            "--queue",
            directory.resolve("queue").toString(),
            "--key",
            directory.resolve(keyFile).toString(),
            "--passphrase-file",
            directory.resolve("passphrase").toString(),
            file.toString());
    return WeirCommand.run(Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void helperThatIsAway_isNotMissedOnceItsKeyIsKnown() throws IOException {
    helperAway = true;
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.RETRYABLE.status());
    assertThat(arrived).isEmpty();
    helperAway = false;
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    helperAway = true;
    assertThat(upload("1\n1\n1\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void oneAggregatorInBothPlaces_getsNothing() throws IOException {
    assertThat(upload("1\n", "--helper-via", address("leader"))).isEqualTo(ExitCode.USAGE.status());
    oneKey = true;
    assertThat(upload("1\n")).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
  }

  @Test
  void contributorWithEqualRows_contributesThem_andTheSameOneIsToldThatItDidBefore()
      throws IOException {
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    keyFile = "second";
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(4);
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.NOTHING_NEW.status());
    assertThat(arrived).hasSize(4);
    assertThat(upload("1\n0\n", "--again")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void keyThatTheTaskDoesNotKnow_isToldBeforeAnythingIsSealed() throws IOException {
    partyKey("stranger");
    keyFile = "stranger";
    assertThat(upload("1\n")).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
    assertThat(directory.resolve("queue")).doesNotExist();
  }

  @Test
  void leaderThatIsAway_getsWhatWasMade_evenWhenNoKeyIsToBeHad() throws IOException {
    assertThat(upload("1\n")).isEqualTo(ExitCode.OK.status());
    leaderAway = true;
    assertThat(upload("0\n0\n")).isEqualTo(ExitCode.RETRYABLE.status());
    assertThat(arrived).hasSize(1);
    leaderAway = false;
    helperAway = true;
    try (var kept = Files.walk(directory.resolve("queue"))) {
      for (Path key : kept.filter(one -> one.toString().endsWith(".hpke")).toList()) {
        Files.delete(key);
      }
    }
    assertThat(upload("0\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void rowSealedToAnOldKey_isSealedToTheNewOneByTheNextRun() throws IOException {
    refusal = Optional.of(ReportError.OUTDATED_CONFIG);
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.RETRYABLE.status());
    refusal = Optional.empty();
    keyId = 2;
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(configIds).containsExactly(1, 1, 2);
    assertThat(arrived.getLast().id()).isEqualTo(arrived.getFirst().id());
    assertThat(arrived.getLast().time()).isEqualTo(arrived.getFirst().time());
  }

  @Test
  void taskFileThatIsNone_isNamed_withTheVerbThatWritesIt() throws IOException {
    for (String content : List.of("", "task: x\n", "[]", "{}")) {
      Files.writeString(directory.resolve("task.json"), content);
      var err = System.err;
      var told = new ByteArrayOutputStream();
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      try {
        assertThat(upload("1\n", "--lang", "en")).isEqualTo(ExitCode.USAGE.status());
      } finally {
        System.setErr(err);
      }
      assertThat(told.toString(StandardCharsets.UTF_8))
          .contains("task.json", "weir aggregate task show --json")
          .hasLineCount(1);
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void rowsThatDoNotCount_areToldInTheUsersLanguage_withACodeForPrograms() throws IOException {
    refusal = Optional.of(ReportError.REPORT_DROPPED);
    for (var language : Bilingual.Language.values()) {
      var rows = rowsShown("1\nx\n", "--json", "--lang", language.name());
      assertThat(rows.findValuesAsText("code")).containsExactly("report_dropped", "not_integers");
      assertThat(rows.get(0).path("why").asText())
          .isEqualTo(RowReason.of("report_dropped").text().in(language));
      assertThat(rows.get(1).path("why").asText())
          .isEqualTo(RowFault.NOT_INTEGERS.text().in(language));
    }
  }

  /** What would look like success, or could never be mended. */
  @Test
  void fileWhoseHeadingIsNotAsSaid_orThatHoldsNoRow_isNotSent() throws IOException {
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("1\n0\n", "--header", "--lang", "en")))
        .contains("the first row is data and no heading");
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("住院天数\n1\n0\n", "--lang", "en")))
        .contains("add --header if it is a heading");
    for (String none : List.of("", "\n \n", "days\n", "days\n\n")) {
      String[] flags = none.startsWith("days") ? new String[] {"--header"} : new String[0];
      assertThat(upload(none, flags)).as("of %s", none).isEqualTo(ExitCode.USAGE.status());
    }
    assertThat(arrived).isEmpty();
    assertThat(upload("住院天数\n1\n\"0\"\n", "--header")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(2);
    assertThat(upload("住院天数\n1\n\"0\"\n"))
        .as("gone on with")
        .isEqualTo(ExitCode.NOTHING_NEW.status());
  }

  @Test
  void manyRowsThatDoNotCount_areShownToAProgram_andTheFirstOfThemToAPerson() throws IOException {
    String rows = "1\n" + "x\n".repeat(30);
    assertThat(rowsShown(rows, "--json")).hasSize(30);
    assertThat(rowsShown(rows, "-o", "jsonl")).hasSize(30);
    assertThat(errorsOf(ExitCode.FAILED, () -> upload(rows, "--lang", "en")))
        .contains("10 more rows are not shown");
  }

  private JsonNode rowsShown(String rows, String... format) throws IOException {
    var out = System.out;
    var told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      assertThat(upload(rows, format)).isEqualTo(ExitCode.FAILED.status());
    } finally {
      System.setOut(out);
    }
    return Json.mapper().readTree(told.toByteArray()).path("notCounted");
  }

  /** What an operator set the task up with has the verify key in it. */
  @Test
  void operatorsFileOfATask_isNoContributors() throws IOException {
    Path file = directory.resolve("task.json");
    var json = (ObjectNode) Json.mapper().readTree(file.toFile());
    Files.write(file, Json.mapper().writeValueAsBytes(json.put("verifyKeySeed", "AAAA")));
    assertThat(upload("1\n")).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
  }

  /** A contributor decides by them. */
  @Test
  void termsThatAreNotTheTasks_areRefused() throws IOException {
    Path file = directory.resolve("task.json");
    var json = (ObjectNode) Json.mapper().readTree(file.toFile());
    json.withObject("/terms").put("nanoRho", 2);
    Files.write(file, Json.mapper().writeValueAsBytes(json));
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("1\n", "--lang", "en")))
        .contains("are not one task's", "task.json");
    assertThat(arrived).isEmpty();
  }

  @Test
  void taskThatHasNotBegun_orIsOver_getsNothing_andCostsNoRow() throws IOException {
    long hour = Instant.now().getEpochSecond() / 3600;
    task(100, new TimeInterval(hour + 2, 10));
    assertThat(errorsOf(ExitCode.RETRYABLE, () -> upload("1\n", "--lang", "en")))
        .contains("the task takes reports from " + Instant.ofEpochSecond((hour + 2) * 3600));
    task(100, new TimeInterval(hour - 9, 9));
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("1\n", "--lang", "en")))
        .contains("over at " + Instant.ofEpochSecond(hour * 3600));
    assertThat(arrived).isEmpty();
  }

  /** They reach the leader, and count at nobody's. */
  @Test
  void rowsBeyondTheTasksCap_areTold() throws IOException {
    task(2, new TimeInterval(1, 1_000_000));
    assertThat(errorsOf(() -> upload("1\n0\n"))).doesNotContain("at most");
    assertThat(errorsOf(() -> upload("1\n0\n1\n", "--lang", "en")))
        .contains("at most 2 reports of a party", "the file has 3,");
  }

  /** Of small order, or no key at all. */
  @Test
  void keyThatNobodyCanSealTo_costsNoRow() throws IOException {
    for (int length : new int[] {32, 31, 1}) {
      leadersKey = Optional.of(Bytes.owning(new byte[length]));
      assertThat(upload("1\n0\n")).isEqualTo(ExitCode.FAILED.status());
      assertThat(arrived).isEmpty();
    }
    leadersKey = Optional.empty();
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(2);
  }

  /** It could be read once, and nothing of it was left to send. */
  @Test
  void pipe_isRefused() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(upload(pipe)).isEqualTo(ExitCode.USAGE.status());
    assertThat(upload(directory)).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
  }

  @Test
  void fileThatGrewSinceItsRowsWereSent_doesNotCountThemAgain() throws IOException {
    for (String end : List.of("\n", "\r\n")) {
      var ones = String.join(end, Collections.nCopies(40, "1"));
      for (String sent : List.of(ones, ones.replace('1', '0') + end)) {
        arrived.clear();
        assertThat(upload(sent)).isEqualTo(ExitCode.OK.status());
        int before = arrived.size();
        assertThat(upload(sent + end + "x")).isEqualTo(ExitCode.USAGE.status());
        assertThat(upload(sent + end + "1" + end)).isEqualTo(ExitCode.USAGE.status());
        assertThat(arrived).hasSize(before);
      }
    }
    arrived.clear();
    var grown = "1\n".repeat(41);
    assertThat(upload(grown, "--again")).isZero();
    keyFile = "second";
    assertThat(upload(grown)).isZero();
    assertThat(arrived).hasSize(82).doesNotHaveDuplicates();
  }

  /** A day's file of a few yes or no begins as another's often enough. */
  @Test
  void fileThatBeginsAsAnotherByChance_isTakenAndToldOf() throws IOException {
    assertThat(errorsOf(() -> upload("1\n0\n"))).isEmpty();
    assertThat(errorsOf(() -> upload("1\n0\n1\n", "--lang", "en")))
        .contains("the first 2 rows", "count again");
    assertThat(errorsOf(() -> upload("1\n"))).isEmpty();
    assertThat(arrived).hasSize(6);
  }

  @Test
  void fileThatChangesMeanwhile_isTold() throws IOException {
    Path file = directory.resolve("rows.csv");
    var rows = "1\n0\n".repeat(300);
    atUpload = () -> append(file, "1\n");
    assertThat(upload(rows)).isEqualTo(ExitCode.FAILED.status());
    assertThat(arrived).as("what came later").hasSize(600).doesNotHaveDuplicates();
    atUpload = () -> {};
    assertThat(upload(file)).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).hasSize(600);
  }

  private static void append(Path file, String rows) {
    try {
      Files.writeString(file, rows, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Upload {
    int run() throws IOException;
  }

  private static String errorsOf(Upload upload) throws IOException {
    return errorsOf(ExitCode.OK, upload);
  }

  private static String errorsOf(ExitCode exit, Upload upload) throws IOException {
    var err = System.err;
    var told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      assertThat(upload.run()).isEqualTo(exit.status());
    } finally {
      System.setErr(err);
    }
    return told.toString(StandardCharsets.UTF_8);
  }
}
