package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir aggregate upload} before two aggregators of the test. */
abstract class UploadTest {
  static final int AWAY = 503;

  @TempDir Path directory;
  final SecureRandom random = new SecureRandom();
  final List<ReportMetadata> arrived = new ArrayList<>();
  final List<Integer> configIds = new ArrayList<>();
  HttpServer server;
  volatile int keyId = 1;
  volatile boolean leaderAway;
  volatile boolean helperAway;
  volatile boolean oneKey;

  /** What the leader offers instead of its own, if anything. */
  volatile Optional<Bytes> leadersKey = Optional.empty();

  volatile Runnable atUpload = () -> {};
  List<Contributor> contributors = List.of();
  String keyFile = "key";
  volatile Optional<ReportError> refusal = Optional.empty();

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
  void task(int cap, TimeInterval hours) throws IOException {
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

  PartyKey partyKey(String name) throws IOException {
    return PartyKey.generate(
        SigningSuite.named("intl"), directory.resolve(name), Secret.of("p"), random);
  }

  static Contributor contributor(PartyKey key) {
    return new Contributor(
        code("1000"), "intl", Base64Url.encode(Bytes.copyOf(key.publicKeyBytes())));
  }

  static CreditCode code(String number) {
    String body = "1299000090000" + number;
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  String address(String aggregator) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + aggregator + "/";
  }

  Optional<Bytes> key() {
    try (var key = oneKey ? HpkePrivateKey.derive(new byte[32]) : HpkePrivateKey.random(random)) {
      return Optional.of(new HpkeConfigList(List.of(HpkeKeyRing.config(keyId, key))).encoded());
    }
  }

  Optional<Bytes> leader(HttpExchange exchange) throws IOException {
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

  static void answer(HttpExchange exchange, Optional<Bytes> body) throws IOException {
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
  int upload(String rows, String... more) throws IOException {
    return upload(Files.writeString(directory.resolve("rows.csv"), rows), more);
  }

  int upload(Path file, String... more) {
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

  JsonNode rowsShown(String rows, String... format) throws IOException {
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

  interface Upload {
    int run() throws IOException;
  }

  static String errorsOf(Upload upload) throws IOException {
    return errorsOf(ExitCode.OK, upload);
  }

  static String errorsOf(ExitCode exit, Upload upload) throws IOException {
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
