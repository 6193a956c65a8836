package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.runtime.http.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StartTest {
  private static LocalIssuer issuer;

  /** An endpoint that somebody forgot to protect. */
  @Path("/v1/open")
  public static final class OpenResource {
    @GET
    public String read() {
      return "open";
    }
  }

  /** An endpoint behind another one. */
  @Path("/v1/hidden")
  public static final class HiddenResource {
    @Path("/sub")
    @Public("no")
    public Object locate() {
      return new OpenResource();
    }
  }

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start();
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @Test
  void endpoint_withoutOperation_keepsTheServiceFromStarting() {
    assertThatThrownBy(() -> start(Map.of(), new OpenResource()))
        .hasRootCauseMessage("GET /v1/open must carry @Requires or @Public, and not both");
  }

  @Test
  void endpoint_behindALocator_keepsTheServiceFromStarting() {
    assertThatThrownBy(() -> start(Map.of(), new HiddenResource()))
        .hasStackTraceContaining("a sub-resource locator hides its endpoints");
  }

  @Test
  void configuration_withAnUnknownOrForbiddenKey_isRefused() {
    assertThatThrownBy(() -> start(Map.of("servcieName", "x")))
        .hasStackTraceContaining("servcieName");
    assertThatThrownBy(() -> start(Map.of("server", Map.of("type", "simple"))))
        .hasStackTraceContaining("server");
    assertThatThrownBy(() -> start(Map.of("admin", Map.of()))).hasStackTraceContaining("admin");
    assertThatThrownBy(() -> start(Map.of("http", Map.of("gzip", true))))
        .hasStackTraceContaining("gzip");
  }

  @Test
  void configuration_thatLengthensTrust_isRefused() {
    var keys =
        Map.of("issuer", "http://127.0.0.1/", "jwksUri", "http://127.0.0.1/", "keyCache", "PT11M");
    assertThatThrownBy(() -> start(Map.of("auth", keys))).hasStackTraceContaining("10 minutes");
  }

  @Test
  void twoServices_runInOneJvm() {
    try (var first = start(Map.of(), new ProbeResource());
        var second = start(Map.of(), new ProbeResource())) {
      assertThat(first.anonymous().get("/v1/probe/pages").status()).isEqualTo(200);
      assertThat(second.anonymous().get("/v1/probe/pages").status()).isEqualTo(200);
    }
  }

  private static TestService start(Map<String, ?> configuration, Object... resources) {
    return TestService.start(new ProbeApplication(resources), "probe", issuer, configuration);
  }
}
