package dev.weir.intake.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.IntakeApplication;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.kernel.SourceId;
import dev.weir.testkit.Account;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.OpenApiContract;
import dev.weir.testkit.TestService;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over HTTP. */
class IntakeServiceTest {
  private static final Account OFFICER =
      Account.of("department-officer", IntakeStack.PROVIDER, Role.PROVIDER);
  @TempDir static Path directory;
  private static IntakeStack stack;
  private static LocalIssuer issuer;
  private static TestService service;

  @BeforeAll
  static void start() throws Exception {
    stack = new IntakeStack(directory);
    issuer = LocalIssuer.start();
    service = startService();
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    issuer.close();
    stack.close();
  }

  @Test
  void openApiFile_saysWhatTheServiceDoes() {
    OpenApiContract.check(service);
  }

  @Test
  void figures_areThereFromTheStart_andCountAnUpload() {
    String before = service.admin().get("/metrics").body();
    assertThat(before)
        .contains("weir_intake_records_total 0.0", "weir_intake_bad_records_total 0.0")
        .contains("weir_intake_runs_total{outcome=\"sealed\"} 0.0")
        .contains("weir_intake_runs_total{outcome=\"failed\"} 0.0")
        .contains("weir_intake_runs_total{outcome=\"cancelled\"} 0.0")
        .contains("weir_intake_run_seconds_count{outcome=\"sealed\"} 0");
    double bytes = bytes(before);
    upload("a,b\n1,2\n");
    assertThat(bytes(service.admin().get("/metrics").body())).isEqualTo(bytes + 8);
  }

  @Test
  void upload_thatAKillCutOff_isGoneAfterTheNextStart_andAWholeOneIsRead() throws Exception {
    String id = upload("a,b\n1,2\n");
    Path sources = directory.resolve("domain").resolve("sources");
    service.close();
    Path cutOff = Files.writeString(sources.resolve(SourceId.random() + ".part"), "a,b\n1,");
    Files.move(sources.resolve(id + ".data"), sources.resolve(id + ".part"));
    service = startService();
    assertThat(cutOff).doesNotExist();
    assertThat(sources.resolve(id + ".data")).hasContent("a,b\n1,2\n");
  }

  @Test
  void profile_ofAnotherProvidersSource_answersLikeAnUnknownOne() {
    String id = upload("a,b\n1,2\n");
    var operator = Account.of("operator-officer", IntakeStack.OPERATOR, Role.OPERATOR);
    var other = Account.of("other-department", Account.party(7), Role.PROVIDER);
    assertThat(service.as(OFFICER).get("/v1/sources/" + id + "/profile").status()).isEqualTo(409);
    for (String source : new String[] {id, SourceId.random().toString()}) {
      String path = "/v1/sources/" + source + "/profile";
      assertThat(service.as(other).get(path).is(ProblemType.NOT_FOUND)).isTrue();
      assertThat(service.as(operator).get(path).is(ProblemType.FORBIDDEN)).isTrue();
    }
  }

  private static TestService startService() {
    return TestService.start(
        new IntakeApplication(), "intake", issuer, stack.configuration(directory));
  }

  private static String upload(String csv) {
    var officer = service.as(OFFICER);
    var answer =
        officer.send(
            officer
                .request("/v1/sources?name=a.csv")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(csv)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private static double bytes(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("weir_intake_bytes_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
