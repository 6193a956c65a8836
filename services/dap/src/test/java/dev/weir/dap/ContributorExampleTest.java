package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.client.ReportQueue;
import dev.weir.dap.client.ReportQueue.Flushed;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.hpke.HpkeConfigList;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.CreditCode;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeRecipient;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.InputShare;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.PublicShare;
import dev.weir.privacy.vdaf.Vdaf;
import dev.weir.privacy.vdaf.Verification;
import dev.weir.privacy.vdaf.VerifyKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that {@code dev.weir.dap.client} shows to whoever writes a contributor. */
class ContributorExampleTest {
  private static final Path PAGE = Path.of("src/main/java/dev/weir/dap/client/package-info.java");
  private static final String CLINIC = "12990000900001500";
  private static final Path THIS =
      Path.of("src/test/java/dev/weir/dap/ContributorExampleTest.java");
  private static final Pattern SNIPPET = Pattern.compile("(?s)\\{@snippet :(.*?)\\n \\* }\\n");

  @TempDir private Path directory;

  private final SecureRandom random = new SecureRandom();
  private final HpkePrivateKey leaderKey = HpkePrivateKey.random(random);
  private final HpkePrivateKey helperKey = HpkePrivateKey.random(random);
  private final List<Report> arrived = new ArrayList<>();
  private HttpServer leading;
  private HttpServer helping;

  @BeforeEach
  void start() throws IOException {
    leading = aggregator(leaderKey);
    helping = aggregator(helperKey);
    leading.createContext("/dap/tasks/", this::take);
  }

  @AfterEach
  void stop() {
    leading.stop(0);
    helping.stop(0);
  }

  private HttpServer aggregator(HpkePrivateKey key) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var config = HpkeConfig.mandatory(1, Bytes.owning(key.publicKey().bytes()));
    server.createContext(
        "/dap/hpke_config", exchange -> answer(exchange, new HpkeConfigList(List.of(config))));
    server.start();
    return server;
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = Bytes.owning(exchange.getRequestBody().readAllBytes());
    arrived.addAll(WireReader.whole(body, UploadRequest::read).reports());
    answer(exchange, new UploadErrors(List.of()));
  }

  private static void answer(HttpExchange exchange, WireMessage message) throws IOException {
    byte[] body = message.encoded().toArray();
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/dap/";
  }

  private String configuration() {
    var configuration =
        new TaskConfiguration(
            new TaskInfo(4, Bytes.owning(new byte[32])).encoded(),
            address(leading),
            address(helping),
            3600,
            100,
            BatchMode.TIME_INTERVAL,
            Bytes.EMPTY,
            new VdafConfiguration.Sum(255),
            List.of(TaskConfiguration.interval(new TimeInterval(0, 1_000_000))));
    return Base64Url.encode(configuration.encoded());
  }

  @Test
  void linesOfThePage_bringAMeasurementToTheTwoAggregators() throws Exception {
    String configuration = configuration();
    CreditCode party = CreditCode.of(CLINIC + CreditCode.checkCharacter(CLINIC));
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

    // from the page
    Task task = Task.shown(configuration);
    HttpAggregator leader = HttpAggregator.open(URI.create(task.configuration().leader()));
    HttpAggregator helper = HttpAggregator.open(URI.create(task.configuration().helper()));
    ReportMaker maker =
        new ReportMaker(
            task,
            leader.key(),
            helper.key(),
            new Ed25519Signer(party, keys),
            Clock.systemUTC(),
            new SecureRandom());
    ReportQueue queue = new ReportQueue(directory);

    queue.add(maker.make(Measurement.number(37))); // survives a power cut from here on

    Flushed flushed = queue.flush(reports -> leader.upload(task.id(), reports), sent -> {});
    // to here

    assertThat(flushed.sent()).isEqualTo(1);
    assertThat(flushed.stopped()).isEmpty();
    assertThat(arrived).hasSize(1);
    assertThat(sum(task, arrived.getFirst())).isEqualTo(37);
  }

  /** As the two aggregators together find it out. */
  private long sum(Task task, Report report) throws Exception {
    var vdaf = TaskVdaf.of(task);
    var key = VerifyKey.random(random);
    var leader = look(task, vdaf, key, report, DapRole.LEADER);
    var helper = look(task, vdaf, key, report, DapRole.HELPER);
    var message = vdaf.combine(List.of(leader.verifierShare(), helper.verifierShare()));
    var shares = new ArrayList<AggregateShare>();
    for (Verification side : List.of(leader, helper)) {
      var aggregation = vdaf.aggregation();
      aggregation.add(vdaf.finish(side, message));
      shares.add(aggregation.share());
    }
    return vdaf.unshard(shares).stream().mapToLong(BigInteger::longValueExact).sum();
  }

  private Verification look(Task task, Vdaf vdaf, VerifyKey key, Report report, DapRole role)
      throws Exception {
    boolean leads = role == DapRole.LEADER;
    HpkeCiphertext sealed = leads ? report.leader() : report.helper();
    var aad = new InputShareAad(task, report.metadata(), report.publicShare()).encoded();
    byte[] opened =
        new HpkeRecipient(
                leads ? leaderKey : helperKey,
                Aead.AES_128_GCM,
                DapEdition.inputShareInfo(role).toArray())
            .open(sealed.enc().toArray(), aad.toArray(), sealed.payload().toArray());
    var share = WireReader.whole(Bytes.owning(opened), PlaintextInputShare::read);
    return vdaf.verify(
        key,
        leads ? 0 : 1,
        Nonce.of(report.metadata().id().bytes().toArray()),
        PublicShare.of(report.publicShare().toArray()),
        InputShare.of(share.payload().toArray()));
  }

  @Test
  void linesOfThePage_areThoseThatWerePlayed() throws IOException {
    var snippet = SNIPPET.matcher(Files.readString(PAGE));
    assertThat(snippet.find()).isTrue();
    String played = Files.readString(THIS);
    played = played.substring(played.indexOf("// from the page"), played.indexOf("// to here"));
    assertThat(words(snippet.group(1).replaceAll("(?m)^ \\*", "")))
        .isEqualTo(words(played.replace("// from the page", "")));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
