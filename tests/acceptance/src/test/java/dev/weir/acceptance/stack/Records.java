package dev.weir.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Role;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.testkit.Account;
import dev.weir.testkit.ApiClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Brings records in through intake, as a department does. */
public final class Records {
  public static final Account OFFICER =
      Account.of("department-officer", ControlPlane.PROVIDER, Role.PROVIDER);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);

  private Records() {}

  /** A resource with one sealed version. */
  public static ResourceId load(
      EmbeddedServices services,
      DomainId domain,
      LineageId lineage,
      RecordSchema schema,
      String csv) {
    var resource = services.controlPlane().openResource(domain, lineage, schema);
    var source = profiled(services, BodyPublishers.ofString(csv, StandardCharsets.UTF_8), Map.of());
    sealed(services, resource, source, List.of());
    return resource;
  }

  /** The id of an uploaded source, once it is profiled. */
  public static String profiled(
      EmbeddedServices services, BodyPublisher file, Map<String, String> reading) {
    var officer = services.intake().as(OFFICER);
    var source = upload(officer, file);
    officer.post("/v1/sources/" + source + "/profile", reading);
    var profiled =
        await(
            LONG_PATIENCE,
            () -> officer.get("/v1/sources/" + source).json(),
            view -> !view.path("status").asText().matches("UPLOADED|PROFILING"));
    assertThat(profiled.path("status").asText()).as(profiled.toString()).isEqualTo("PROFILED");
    return source;
  }

  /** The run that brought the source in, once it is sealed. */
  public static JsonNode sealed(
      EmbeddedServices services, ResourceId resource, String source, List<?> cleaning) {
    var officer = services.intake().as(OFFICER);
    var run = await(() -> run(officer, resource, source, cleaning), view -> view.has("id"));
    var sealed =
        await(
            LONG_PATIENCE,
            () -> officer.get("/v1/runs/" + run.path("id").asText()).json(),
            view -> !view.path("status").asText().matches("QUEUED|RUNNING"));
    assertThat(sealed.path("status").asText()).as(sealed.toString()).isEqualTo("SEALED");
    return sealed;
  }

  private static String upload(ApiClient officer, BodyPublisher file) {
    var answer =
        officer.send(
            officer
                .request("/v1/sources?name=records.csv")
                .header("Content-Type", "application/octet-stream")
                .POST(file));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  /** Intake may not have heard of the resource yet. */
  private static JsonNode run(
      ApiClient officer, ResourceId resource, String source, List<?> cleaning) {
    return officer
        .post(
            "/v1/runs",
            Map.of(
                "resourceId",
                resource,
                "sourceId",
                source,
                "cleaning",
                cleaning,
                "treatments",
                List.of()))
        .json();
  }

  /** Asks again until the answer is as wanted. */
  public static <T> T await(Supplier<T> ask, Predicate<T> wanted) {
    return await(PATIENCE, ask, wanted);
  }

  private static <T> T await(Duration patience, Supplier<T> ask, Predicate<T> wanted) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      T answer = ask.get();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain; last: " + answer);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
  }
}
