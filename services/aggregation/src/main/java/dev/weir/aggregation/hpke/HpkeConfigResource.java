package dev.weir.aggregation.hpke;

import dev.weir.dap.DapMediaType;
import dev.weir.runtime.http.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** The keys that clients seal shares to. */
@Path("/dap/hpke_config")
public final class HpkeConfigResource {
  /** A retired key is kept longer than this and the greatest report age of any task. */
  private static final Duration FRESH = Duration.ofDays(1);

  private final HpkeKeyRing keys;

  public HpkeConfigResource(HpkeKeyRing keys) {
    this.keys = keys;
  }

  @GET
  @Public("Public keys are for whoever wants to contribute.")
  public Response keys() {
    return Response.ok(keys.configs().encoded().toArray())
        .type(DapMediaType.HPKE_CONFIG_LIST.toString())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + FRESH.toSeconds())
        .build();
  }
}
