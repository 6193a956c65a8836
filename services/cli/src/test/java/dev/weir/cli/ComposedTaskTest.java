package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.kernel.CreditCode;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Types {@code weir aggregate task compose}. */
class ComposedTaskTest {
  private static final String LEADER = "119900009000000141";

  /** Made once: every verb is a class to look into. */
  private static final Map<Language, CommandLine> COMMANDS =
      Map.of(
          Language.ZH, WeirCommand.commandLine(Language.ZH),
          Language.EN, WeirCommand.commandLine(Language.EN));

  @TempDir private Path directory;
  private final List<String> usual = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = directory.resolve("task.json");
    usual.addAll(
        List.of(
            "--leader", LEADER,
            "--helper", code("9000"),
            "--leader-url", "https://leader.example/dap/",
            "--helper-url", "https://helper.example/dap/",
            "--collector", code("9001"),
            "--collector-key", collectorKey(),
            "--title", "days of stay",
            "--contract", "00000000-0000-4000-8000-00000000c0de",
            "--product", "00000000-0000-4000-8000-00000000000b",
            "--purpose", "statistics",
            "--cap", "50"));
    for (int i = 0; i < 3; i++) {
      usual.addAll(List.of("--contributor", code("100" + i) + "=" + contributor("c" + i)));
    }
  }

  @Test
  void composedTask_isOneThatAnAggregatorTakes_andOnlyItsOwnerReads() throws IOException {
    var outcome = compose(Language.EN, "--vdaf", "histogram", "--length", "12");
    assertThat(outcome.error()).isEmpty();
    var task = task();
    assertThat(task.configuration().vdaf()).isEqualTo(new VdafConfiguration.Histogram(12, 3));
    assertThat(task.configuration().batchMode()).isEqualTo(BatchMode.TIME_INTERVAL);
    assertThat(task.configuration().interval().map(TimeInterval::duration)).contains(720L);
    assertThat(task.configuration().leader()).isEqualTo("https://leader.example/dap/");
    assertThat(task.terms().leader().value()).isEqualTo(LEADER);
    assertThat(task.terms().contributors()).hasSize(3);
    assertThat(task.terms().minContributors()).isEqualTo(3);
    assertThat(task.terms().maxReportsPerContributor()).isEqualTo(50);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String first = Files.readString(file);
    assertThat(compose(Language.EN, "--vdaf", "count").status()).isEqualTo(2);
    assertThat(first).isEqualTo(Files.readString(file));
    Files.delete(file);
    compose(Language.EN, "--vdaf", "histogram", "--length", "12");
    assertThat(first).doesNotContain(document().verifyKeySeed());
  }

  @ParameterizedTest
  @CsvSource({
    "count, Count[]",
    "sum --max 255, Sum[maxMeasurement=255]",
    "vector --length 10 --max 15, 'SumVec[length=10, maxMeasurement=15, chunkLength=6]'",
    "vector --length 4096 --max 1, 'SumVec[length=4096, maxMeasurement=1, chunkLength=64]'",
    "multihot --length 6 --weight 2," + " 'MultihotCountVec[length=6, chunkLength=3, maxWeight=2]'",
    "vector --length 4 --clip 0.5 --fraction-bits 4 --records 2 --rounds 3,"
        + " 'SumVec[length=4, maxMeasurement=32, chunkLength=5]'",
    "unproven --length 100000 --max 1000,"
        + " 'UnverifiedSumVec[length=100000, maxMeasurement=1000]'"
  })
  void everyFunction_hasItsParameters(String options, String vdaf) throws IOException {
    String cap = options.contains("--clip") ? " --cap 1" : "";
    var outcome = compose(Language.EN, ("--vdaf " + options + cap).split(" "));
    assertThat(outcome.status()).isZero();
    assertThat(task().configuration().vdaf()).hasToString(vdaf);
    boolean unproven = options.startsWith("unproven");
    assertThat(task().terms().robustness().filter(Robustness.NONE::equals).isPresent())
        .isEqualTo(unproven);
    assertThat(task().terms().vectors().isPresent()).isEqualTo(options.contains("--clip"));
  }

  @ParameterizedTest
  @CsvSource({
    "sum, --max",
    "count --length 3, --length",
    "sum --max 0, --max",
    "histogram --length 4 --clip 1, --clip",
    "vector --length 4 --clip 1 --max 9, --max",
    "multihot --length 4, --weight",
    "vector --length 4 --clip 1 --rounds 0, 10000",
    "vector --length 4 --clip 1 --fraction-bits 40, --fraction-bits",
    "unproven --length 900000 --max 9, 4 MiB",
    "count --min-reports 0, 1",
    "count --min-reports 1, 2",
    "count --min-contributors 1, 2",
    "count --max-age 1h, P2D",
    "count --from 2026-11-24, 2026-01-31T08:00:00Z",
    "count --lanes four, --lanes",
    "count --from 2025-01-01T00:00:00Z, \"\"",
    "vector --length 4 --clip 0.5 --records 2, \"\"",
    "count --contributor west.json, CODE=FILE",
    "sum --max 9223372036854775807, \"\"",
    "count --min-contributors 4, minContributors",
    "count --nano-rho 0, nanoRho",
    "count --max-age PT1H, maxReportAgeSeconds",
    "count --clock-skew PT1H, clockSkewSeconds",
    "count --for PT1M, --for",
    "count --precision PT1.5S, --precision",
    "count --precision PT1.0000001S, --precision",
    "count --max-age PT7200.5S, --max-age",
    "count --clock-skew PT1.5S, --clock-skew",
    "vector --length 4097 --max 1, 4096",
    "count --precision P400D --for P800D, \"\"",
    "count --helper 119900009000000141, \"\"",
    "count --helper x, --helper",
    "count --helper-url https://helper.example/dap, --helper-url",
    "count --collector-key AAAA, --collector-key"
  })
  void whatNoAggregatorTakes_isToldInEitherLanguage(String options, String named) {
    for (Language language : Language.values()) {
      var outcome = compose(language, ("--vdaf " + options).split(" "));
      assertThat(outcome.status()).isEqualTo(ExitCode.USAGE.status());
      assertThat(outcome.error()).hasLineCount(1).contains(named.replace("\"", ""));
      assertThat(outcome.error()).doesNotContain("Exception");
      assertThat(outcome.error().codePoints().anyMatch(Character::isIdeographic))
          .isEqualTo(language == Language.ZH);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void keysOfOneParty_areContributorsThatCountOnce() throws Exception {
    usual.addAll(List.of("--contributor", code("1000") + "=" + contributor("device")));
    assertThat(compose(Language.EN, "--vdaf", "count").error()).isEmpty();
    assertThat(task().terms().contributors()).hasSize(4);
    assertThat(task().terms().minContributors()).isEqualTo(3);
    Files.delete(file);
    assertThat(compose(Language.ZH, "--vdaf", "count", "--min-contributors", "4").error())
        .contains("主体");
  }

  @Test
  void addressesThatNobodySaid_areTheAccounts() throws IOException {
    String services = "{\"leader\": \"http://127.0.0.1:1\", \"helper\": \"http://127.0.0.1:2\"}";
    Path profile =
        Files.writeString(
            directory.resolve("profile.json"),
            """
            {"tokenEndpoint": "http://127.0.0.1:3/token", "clientId": "a", "secretFile": "secret",
             "services": %s}
            """
                .formatted(services));
    usual.removeAll(
        List.of(
            "--leader-url",
            "--helper-url",
            "https://leader.example/dap/",
            "https://helper.example/dap/"));
    var outcome = compose(Language.EN, "--vdaf", "count", "--profile", profile.toString());
    assertThat(outcome.error()).isEmpty();
    assertThat(task().configuration().leader()).isEqualTo("http://127.0.0.1:1/dap/");
    assertThat(task().configuration().helper()).isEqualTo("http://127.0.0.1:2/dap/");
  }

  @Test
  void contributorWithoutAPublicKey_isNamedByItsFile() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.json"), "{\"suite\": \"intl\"}");
    usual.addAll(List.of("--contributor", code("1009") + "=" + wrong));
    var outcome = compose(Language.ZH, "--vdaf", "count");
    assertThat(outcome.status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(outcome.error()).contains("wrong.json", "key show").hasLineCount(1);
  }

  /** What came of a command line. */
  private record Outcome(int status, String error) {}

  /** What is said twice counts as it was said last. */
  private Outcome compose(Language language, String... more) {
    var arguments = new ArrayList<>(List.of("aggregate", "task", "compose"));
    for (int i = 0; i < usual.size(); i += 2) {
      boolean again = List.of(more).contains(usual.get(i));
      arguments.addAll(again ? List.of() : usual.subList(i, i + 2));
    }
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--lang", language.name(), file.toString()));
    var err = new StringWriter();
    int status =
        COMMANDS
            .get(language)
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(status, err.toString().strip());
  }

  private TaskDocument document() throws IOException {
    return Json.mapper().readValue(Files.readAllBytes(file), TaskDocument.class);
  }

  private AggregationTask task() throws IOException {
    return document().task();
  }

  /** As {@code weir key show --json} prints it. */
  private Path contributor(String name) throws Exception {
    byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
    var shown =
        Map.of("keyId", "k", "suite", "intl", "publicKey", Base64.getEncoder().encodeToString(key));
    return Files.write(directory.resolve(name + ".json"), Json.mapper().writeValueAsBytes(shown));
  }

  private static String collectorKey() {
    try (var key = HpkePrivateKey.random(new SecureRandom())) {
      return Base64Url.encode(HpkeKeyRing.config(1, key).encoded());
    }
  }

  /** Made up, of area 990000, which no register uses. */
  private static String code(String number) {
    String body = "1299000090000" + number;
    return body + CreditCode.checkCharacter(body);
  }
}
