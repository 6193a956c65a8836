package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import dev.weir.cli.client.PartyKey;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.testkit.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code weir aggregate task compose} wrote, at two running aggregators. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class ComposedTaskServiceTest {
  private static final int FIRST = 600;
  private static final int PARTIES = 2;
  private static final int KEYS_OF_EACH = 2;

  private static final long ALLOTTED = 1_000_000_000;

  private static final int HOSPITALS = 3;
  private static final int ROUNDS = 2;

  /** Each aggregator's noise has a variance of (2 · 1)² / (2 · 2) in decoded units. */
  private static final long ACCURATE = 2_000_000_000;

  private static final int RECORDS = 100;

  private static final Map<String, String> FEDERATED =
      Map.of(
          "--vdaf", "vector",
          "--length", "3",
          "--clip", "1.0",
          "--records", Integer.toString(2 * RECORDS),
          "--rounds", Integer.toString(ROUNDS),
          "--nano-rho", Long.toString(ACCURATE),
          "--cap", "1");

  private static final Bytes OF_SMALL_ORDER =
      HpkeConfig.mandatory(3, Bytes.owning(new byte[32])).encoded();

  @TempDir private Path directory;

  /** Two hospitals with two devices each: four contributors, of which a batch counts two. */
  @Test
  void aComposedTask_isSetUpAtBothAndCollected(Clinics clinics) throws Exception {
    // given
    var keys = new ArrayList<KeyPair>();
    var signers = new ArrayList<ContributorSigner>();
    for (int i = 0; i < PARTIES * KEYS_OF_EACH; i++) {
      keys.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      signers.add(new Ed25519Signer(Account.party(FIRST + i / KEYS_OF_EACH), keys.get(i)));
    }
    var contract = clinics.contract(ALLOTTED);
    // when
    var document = document(clinics, contract, keys, Map.of());
    // then
    clinics.setUp(document);
    var to = new Contributing(document.task(), contract, signers);
    var reports = new ArrayList<Report>();
    for (int i = 0; i < signers.size(); i++) {
      reports.add(clinics.maker(to, i).make(Measurement.yes(true)));
    }
    var leader = clinics.http(clinics.leader, Optional.empty());
    assertThat(leader.upload(to.task().id(), reports).failures()).isEmpty();
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    assertThat(clinics.collected(to, new TimeInterval(hour - 1, 2)).reports())
        .isEqualTo(signers.size());
  }

  /**
   * One federated round by the commands: composed with a norm, uploaded by three hospitals as files
   * of records, one of which is clipped, and decoded by the collector.
   */
  @Test
  void aComposedTaskOfRecords_isUploadedFromFilesAndDecoded(Clinics clinics) throws Exception {
    // given
    var hospitals = new ArrayList<Path>();
    var contributors = new ArrayList<String>();
    for (int i = 0; i < HOSPITALS; i++) {
      Path file = directory.resolve("hospital-" + i);
      var key = PartyKey.generate(SigningSuite.named("intl"), file, Secret.of("p"), clinics.random);
      hospitals.add(file);
      contributors.add(contributor(i, i, key.publicKeyBytes()));
    }
    Files.writeString(directory.resolve("passphrase"), "p");
    var contract = clinics.contract(ROUNDS * ACCURATE);
    var document =
        Json.mapper()
            .readValue(
                Files.readAllBytes(composed(clinics, contract, contributors, FEDERATED)),
                TaskDocument.class);
    clinics.setUp(document);
    var to = new Contributing(document.task(), contract, List.of());
    Path task = directory.resolve("shown.json");
    Files.write(task, Json.mapper().writeValueAsBytes(clinics.view(to)));
    // when
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    String far = "0.25,-0.5,0\n0,0,400\n".repeat(RECORDS); // of which the latter are clipped
    for (Path hospital : hospitals) {
      assertThat(upload(clinics, task, hospital, far)).isZero();
    }
    // then
    assertThat(upload(clinics, task, hospitals.getFirst(), far))
        .isEqualTo(ExitCode.NOTHING_NEW.status());
    assertThat(upload(clinics, task, hospitals.getFirst(), "1,0,0\n"))
        .as("another file of the same party")
        .isEqualTo(ExitCode.RETRYABLE.status());
    var collected = clinics.collected(to, new TimeInterval(hour, 1));
    assertThat(collected.reports()).isEqualTo(HOSPITALS);
    var decoded = collected.decoded().orElseThrow();
    double bound = 6 * decoded.standardDeviation();
    assertThat(bound).as("far less than what is told apart").isLessThan(10);
    assertThat(decoded.sum().get(0)).isCloseTo(0.25 * HOSPITALS * RECORDS, within(bound));
    assertThat(decoded.sum().get(1)).isCloseTo(-0.5 * HOSPITALS * RECORDS, within(bound));
    assertThat(decoded.sum().get(2)).isCloseTo(1.0 * HOSPITALS * RECORDS, within(bound));
  }

  private int upload(Clinics clinics, Path task, Path key, String rows) throws Exception {
    Path file = Files.writeString(directory.resolve("records.csv"), rows);
    return WeirCommand.run(
        "aggregate",
        "upload",
        "--task=" + task,
        "--leader-via=" + clinics.leader.running().api() + "/dap/",
        "--helper-via=" + clinics.helper().running().api() + "/dap/",
        "--queue=" + directory.resolve("queue"),
        "--key=" + key,
        "--passphrase-file=" + directory.resolve("passphrase"),
        file.toString());
  }

  /** Whoever lost an id finds it; nobody else does. */
  @Test
  void tasks_areListedToTheirOperatorAndTheirCollector(Clinics clinics) throws Exception {
    var keys = new ArrayList<KeyPair>();
    for (int i = 0; i < PARTIES * KEYS_OF_EACH; i++) {
      keys.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }
    var contract = clinics.contract(ALLOTTED);
    var several = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      var task = document(clinics, contract, keys, Map.of());
      clinics.setUp(task);
      several.addFirst(task.task().id().toString());
    }
    var paths = "/v1/aggregation-tasks?limit=2";
    var first = clinics.leader.as(Clinics.LEADER).get(paths).json();
    assertThat(first.path("items").findValuesAsText("id"))
        .containsExactlyElementsOf(several.subList(0, 2));
    var second =
        clinics.leader.as(Clinics.LEADER).get(paths + "&cursor=" + first.path("next").asText());
    assertThat(second.json().path("items").path(0).path("id").asText()).isEqualTo(several.get(2));
    for (var seen :
        List.of(
            clinics.helper().as(Clinics.HELPER).get(paths),
            clinics.leader.as(Clinics.COLLECTOR).get(paths))) {
      assertThat(seen.json().path("items").findValuesAsText("id"))
          .containsExactlyElementsOf(several.subList(0, 2));
      assertThat(seen.json().toString()).doesNotContain("verifyKey");
    }
    for (var nobody :
        List.of(
            clinics.leader.as(Clinics.RIVAL).get(paths),
            clinics.leader.as(Clinics.HELPER).get(paths))) {
      assertThat(nobody.json().path("items")).isEmpty();
      assertThat(nobody.json().has("items")).isTrue();
    }
    assertThat(clinics.leader.as(Clinics.LEADER).get(paths + "&cursor=eHg").status())
        .isEqualTo(400);
  }

  /** What no collection could ever be allowed is refused before anybody uploads to it. */
  @Test
  void aTaskThatCannotBeCollected_isNotSetUp(Clinics clinics) throws Exception {
    // given
    var keys = new ArrayList<KeyPair>();
    for (int i = 0; i < PARTIES * KEYS_OF_EACH; i++) {
      keys.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }
    var contract = clinics.contract(ALLOTTED);
    clinics.setUp(document(clinics, contract, keys, Map.of()));
    var wrong =
        Map.of(
            Map.of("--purpose", "statistics"), "urn:weir:problem:policy-refused",
            Map.of("--nano-rho", Long.toString(ALLOTTED + 1)), "urn:weir:problem:budget-exhausted",
            Map.of("--max-age", "P31D"), "urn:weir:problem:wrong-state",
            Map.of("--lanes", "5"), "urn:weir:problem:validation-failed");
    for (var each : wrong.entrySet()) {
      var document = document(clinics, contract, keys, each.getKey());
      // then
      refused(clinics, document, each.getValue(), each.toString());
      String shown = "/v1/aggregation-tasks/" + document.task().id();
      assertThat(clinics.leader.as(Clinics.LEADER).get(shown).status()).isEqualTo(404);
    }
    var sound = document(clinics, contract, keys, Map.of());
    for (var altered :
        List.of(
            with(sound, 3, new VdafConfiguration.SumVec(4_097, 1, 64)),
            with(sound, 3, new VdafConfiguration.Sum(1L << 60)),
            with(sound, 1, new VdafConfiguration.Count()),
            with(sound, terms -> terms.put("minContributors", 1)),
            with(sound, terms -> terms.put("collectorKey", Base64Url.encode(OF_SMALL_ORDER))))) {
      refused(clinics, altered, "urn:weir:problem:validation-failed", altered.configuration());
    }
  }

  private static void refused(Clinics clinics, TaskDocument document, String type, String why) {
    var answers =
        List.of(
            clinics.leader.as(Clinics.LEADER).post("/v1/aggregation-tasks", document),
            clinics.helper().as(Clinics.HELPER).post("/v1/aggregation-tasks", document));
    for (var answer : answers) {
      assertThat(answer.json().path("type").asText()).as(why).isEqualTo(type);
    }
  }

  /** As another program than ours may write it. */
  private static TaskDocument with(TaskDocument document, int minReports, VdafConfiguration vdaf) {
    return with(document, document.terms(), minReports, vdaf);
  }

  private static TaskDocument with(TaskDocument document, Consumer<ObjectNode> change)
      throws JsonProcessingException {
    ObjectNode terms = Json.mapper().valueToTree(document.terms());
    change.accept(terms);
    return with(
        document,
        Json.mapper().treeToValue(terms, TaskTerms.class),
        3,
        new VdafConfiguration.Count());
  }

  private static TaskDocument with(
      TaskDocument document, TaskTerms terms, int minReports, VdafConfiguration vdaf) {
    var own = document.task();
    var altered =
        new TaskConfiguration(
            new TaskInfo(own.lanes(), terms.sha256()).encoded(),
            own.configuration().leader(),
            own.configuration().helper(),
            own.configuration().timePrecisionSeconds(),
            minReports,
            own.configuration().batchMode(),
            own.configuration().batchConfig(),
            vdaf,
            own.configuration().extensions());
    return new TaskDocument(Base64Url.encode(altered.encoded()), terms, document.verifyKeySeed());
  }

  private TaskDocument document(
      Clinics clinics, ContractTerms contract, List<KeyPair> keys, Map<String, String> options)
      throws Exception {
    var file = compose(clinics, contract, keys, options);
    return Json.mapper().readValue(Files.readAllBytes(file), TaskDocument.class);
  }

  private Path compose(
      Clinics clinics, ContractTerms contract, List<KeyPair> keys, Map<String, String> options)
      throws Exception {
    var contributors = new ArrayList<String>();
    for (int i = 0; i < keys.size(); i++) {
      contributors.add(contributor(i, keys.get(i)));
    }
    return composed(clinics, contract, contributors, options);
  }

  private Path composed(
      Clinics clinics,
      ContractTerms contract,
      List<String> contributors,
      Map<String, String> options)
      throws Exception {
    Files.deleteIfExists(directory.resolve("task.json"));
    Path file = directory.resolve("task.json");
    var collectorKey = HpkeKeyRing.config(3, clinics.collectorKey).encoded();
    var arguments = new ArrayList<>(List.of("aggregate", "task", "compose", "--title", "days"));
    arguments.addAll(List.of("--leader", Clinics.LEADER.party().value()));
    arguments.addAll(List.of("--helper", Clinics.HELPER.party().value()));
    arguments.addAll(List.of("--leader-url", Clinics.LEADER_ADDRESS));
    arguments.addAll(List.of("--helper-url", Clinics.HELPER_ADDRESS));
    arguments.addAll(List.of("--collector", Clinics.COLLECTOR.party().value()));
    arguments.addAll(List.of("--contract", contract.id().value().toString()));
    arguments.addAll(List.of("--product", contract.products().getFirst().id().value().toString()));
    arguments.addAll(List.of("--precision", "PT1H"));
    var chosen = new HashMap<>(Map.of("--purpose", ControlPlane.PURPOSE, "--cap", "2"));
    chosen.put("--min-reports", "3");
    chosen.put("--vdaf", "count");
    chosen.put("--collector-key", Base64Url.encode(collectorKey));
    chosen.putAll(options);
    chosen.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    contributors.forEach(one -> arguments.addAll(List.of("--contributor", one)));
    arguments.add(file.toString());
    assertThat(WeirCommand.run(arguments.toArray(String[]::new))).isZero();
    return file;
  }

  private String contributor(int number, KeyPair key) throws Exception {
    return contributor(number, number / KEYS_OF_EACH, key.getPublic().getEncoded());
  }

  private String contributor(int number, int party, byte[] key) throws Exception {
    var shown = Map.of("suite", "intl", "publicKey", Base64.getEncoder().encodeToString(key));
    var file = directory.resolve("device-" + number + ".json");
    Files.write(file, Json.mapper().writeValueAsBytes(shown));
    return Account.party(FIRST + party).value() + "=" + file;
  }
}
