package dev.weir.runtime.http;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Serves the contract of the service: {@code schemas/openapi/<service>.yaml}. */
@Path("/openapi.yaml")
public final class OpenApiResource {
  private final byte[] document;

  OpenApiResource(String serviceName) {
    this.document = load(serviceName);
  }

  /** The file as written by hand; OpenAPI 3.1. */
  @GET
  @Produces("application/yaml")
  @Public("The contract describes the service and holds no data.")
  public byte[] document() {
    if (document.length == 0) {
      throw new ProblemException(ProblemType.NOT_FOUND, "This service has no contract file.");
    }
    return document.clone();
  }

  private static byte[] load(String serviceName) {
    String file = "/dev/weir/schemas/openapi/" + serviceName + ".yaml";
    try (var in = OpenApiResource.class.getResourceAsStream(file)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
