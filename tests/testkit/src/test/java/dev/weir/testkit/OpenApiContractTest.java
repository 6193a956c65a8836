package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.idempotency.IdempotencyKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenApiContractTest {

  /** As the file says. */
  @Path("/v1/things")
  public static final class ThingResource {
    @GET
    @Path("/{id: [0-9a-f-]+}")
    @Requires(Operation.QUERY_READ)
    public String read(
        @PathParam("id") QueryId id, @HeaderParam("Idempotency-Key") Optional<IdempotencyKey> key) {
      return key.map(IdempotencyKey::value).orElse("none");
    }
  }

  @Test
  void service_thatMatchesItsFile_passes_andOneThatDoesNotIsTold() {
    try (var issuer = LocalIssuer.start();
        var same = start(issuer, new ThingResource());
        var more = start(issuer, new ThingResource(), new ProbeResource())) {
      assertThatCode(() -> OpenApiContract.check(same)).doesNotThrowAnyException();
      assertThatThrownBy(() -> OpenApiContract.check(more))
          .hasMessageContaining("GET /v1/probe is served and not documented");
    }
  }

  @Test
  void idempotencyKey_isReadFromItsHeader() {
    try (var issuer = LocalIssuer.start();
        var service = start(issuer, new ThingResource())) {
      var client = service.as(Account.of("builder-analyst", Account.party(1), Role.CONSUMER));
      String path = "/v1/things/" + QueryId.random();
      assertThat(client.get(path).body()).isEqualTo("none");
      assertThat(
              client.send(client.request(path).header("Idempotency-Key", "key-12345").GET()).body())
          .isEqualTo("key-12345");
      var bad = client.send(client.request(path).header("Idempotency-Key", "a b").GET());
      assertThat(bad.is(ProblemType.INVALID_REQUEST)).isTrue();
    }
  }

  @Test
  void tokens_whileTheIssuerIsAway_areAnsweredWithUnavailable() {
    var issuer = LocalIssuer.start();
    try (var service = start(issuer, new ThingResource())) {
      var client = service.as(Account.of("builder-analyst", Account.party(1), Role.CONSUMER));
      issuer.close();
      var answer = client.get("/v1/things/" + QueryId.random());
      assertThat(answer.is(ProblemType.UNAVAILABLE)).isTrue();
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  private static TestService start(LocalIssuer issuer, Object... resources) {
    return TestService.start(new ProbeApplication(resources), "contracted", issuer, Map.of());
  }
}
