package dev.weir.query.he;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.SwitchingKeyDesk.KeysView;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.http.StreamedUpload;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A consumer's keys for expanding queries. */
@Path("/v1/he/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class SwitchingKeyResource {
  private final SwitchingKeyDesk desk;

  public SwitchingKeyResource(SwitchingKeyDesk desk) {
    this.desk = desk;
  }

  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @StreamedUpload
  @Requires(Operation.QUERY_RUN)
  public Response upload(@Auth Caller caller, InputStream body) {
    return Response.status(Response.Status.CREATED).entity(desk.upload(caller, read(body))).build();
  }

  @GET
  @Path("/{sha256}")
  @Requires(Operation.QUERY_READ)
  public KeysView find(@Auth Caller caller, @PathParam("sha256") String sha256) {
    return desk.find(caller, sha256);
  }

  private static byte[] read(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(SwitchingKeys.MAX_BYTES + 1);
      if (bytes.length > SwitchingKeys.MAX_BYTES) {
        throw new ProblemException(
            ProblemType.BODY_TOO_LARGE, "Switching keys have at most 1.2 million bytes.");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
