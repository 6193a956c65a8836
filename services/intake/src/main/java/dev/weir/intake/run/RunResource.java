package dev.weir.intake.run;

import dev.weir.intake.cleaning.QualityReport;
import dev.weir.kernel.Operation;
import dev.weir.kernel.RunId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.idempotency.IdempotencyKey;
import io.dropwizard.auth.Auth;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** {@code /v1/runs}: start, watch, cancel, quality. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunResource {
  private final Runs runs;
  private final InstantSource clock;

  public RunResource(Runs runs, InstantSource clock) {
    this.runs = runs;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Operation.INTAKE_RUN)
  public Response create(
      @Auth Caller caller,
      @HeaderParam("Idempotency-Key") Optional<IdempotencyKey> key,
      @NotNull RunSpec spec) {
    String requestKey =
        key.map(IdempotencyKey::value).orElseGet(() -> UUID.randomUUID().toString());
    Run run = runs.create(caller, spec, requestKey);
    return Response.accepted(RunView.of(run, caller, clock.instant())).build();
  }

  @GET
  @Requires(Operation.INTAKE_READ)
  public Page<RunView> list(@Auth Caller caller, @BeanParam PageRequest page) {
    var found = runs.list(caller, page);
    return new Page<>(
        found.items().stream().map(run -> RunView.of(run, caller, clock.instant())).toList(),
        found.next());
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.INTAKE_READ)
  public RunView get(@Auth Caller caller, @PathParam("id") String id) {
    return RunView.of(runs.get(caller, RunId.of(id)), caller, clock.instant());
  }

  @GET
  @Path("/{id}/quality")
  @Requires(Operation.INTAKE_READ)
  public QualityReport quality(@Auth Caller caller, @PathParam("id") String id) {
    return runs.quality(caller, RunId.of(id));
  }

  @POST
  @Path("/{id}/cancel")
  @Requires(Operation.INTAKE_CANCEL)
  public RunView cancel(@Auth Caller caller, @PathParam("id") String id) {
    return RunView.of(runs.cancel(caller, RunId.of(id)), caller, clock.instant());
  }
}
