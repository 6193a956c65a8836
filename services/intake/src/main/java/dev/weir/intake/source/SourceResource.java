package dev.weir.intake.source;

import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.Reading;
import dev.weir.kernel.Operation;
import dev.weir.kernel.SourceId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.http.StreamedUpload;
import dev.weir.runtime.idempotency.IdempotencyKey;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/sources}: upload, list, profile. */
@Path("/v1/sources")
@Produces(MediaType.APPLICATION_JSON)
public final class SourceResource {
  private final Sources sources;

  public SourceResource(Sources sources) {
    this.sources = sources;
  }

  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.SOURCE_UPLOAD)
  @StreamedUpload
  public Response upload(
      @Auth Caller caller,
      @QueryParam("name") @DefaultValue("") String name,
      @HeaderParam("Idempotency-Key") Optional<IdempotencyKey> key,
      InputStream body) {
    String requestKey =
        key.map(IdempotencyKey::value).orElseGet(() -> UUID.randomUUID().toString());
    var source = sources.upload(caller, name, requestKey, body);
    return Response.status(Response.Status.CREATED).entity(view(source)).build();
  }

  @GET
  @Requires(Operation.SOURCE_READ)
  public Page<SourceView> list(@Auth Caller caller, @BeanParam PageRequest page) {
    var found = sources.list(caller, page);
    return new Page<>(found.items().stream().map(this::view).toList(), found.next());
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.SOURCE_READ)
  public SourceView get(@Auth Caller caller, @PathParam("id") String id) {
    return view(sources.get(caller, SourceId.of(id)));
  }

  /** Body: what the provider declares about the file; may be absent. */
  @POST
  @Path("/{id}/profile")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Operation.SOURCE_PROFILE)
  public Response profile(
      @Auth Caller caller, @PathParam("id") String id, @Nullable Reading reading) {
    var declared = reading == null ? Reading.DETECTED : reading;
    var source = sources.profile(caller, SourceId.of(id), declared);
    return Response.accepted(view(source)).build();
  }

  @GET
  @Path("/{id}/profile")
  @Requires(Operation.SOURCE_PROFILE)
  public SourceProfile profile(@Auth Caller caller, @PathParam("id") String id) {
    return sources.readProfile(caller, SourceId.of(id));
  }

  private SourceView view(Source source) {
    return SourceView.of(source, sources.progress(source));
  }
}
