package dev.weir.aggregation.job;

import dev.weir.aggregation.http.DapBody;
import dev.weir.aggregation.http.DapLocations;
import dev.weir.aggregation.http.NamedTask;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.AggregationJobContinueReq;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Aggregation jobs, for a foreign leader. An empty body means: ask again at the Location. */
@Path("/dap/tasks/{task}/aggregation_jobs")
public final class JobResource {
  private final AggregationJobs jobs;
  private final DapLocations locations;

  public JobResource(AggregationJobs jobs, DapLocations locations) {
    this.jobs = jobs;
    this.locations = locations;
  }

  @POST
  @Consumes(DapMediaType.ESSENCE)
  @Requires(Operation.AGGREGATION_HELP)
  public Response begin(
      @Auth Caller caller,
      @PathParam("task") TaskId task,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      byte[] body) {
    return NamedTask.in(
        jobs.own(caller, task).id(),
        () -> {
          DapBody.require(type, DapMediaType.AGGREGATION_JOB_INIT_REQ);
          return answer(task, jobs.begin(caller, task, Bytes.owning(body)));
        });
  }

  @POST
  @Path("/{id}")
  @Consumes(DapMediaType.ESSENCE)
  @Requires(Operation.AGGREGATION_HELP)
  public Response proceed(
      @Auth Caller caller,
      @PathParam("task") TaskId task,
      @PathParam("id") JobId id,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      byte[] body) {
    return NamedTask.in(
        jobs.own(caller, task).id(),
        () -> {
          DapBody.require(type, DapMediaType.AGGREGATION_JOB_CONTINUE_REQ);
          var request = WireReader.whole(body, AggregationJobContinueReq::read);
          return answer(task, jobs.proceed(caller, task, id, request));
        });
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.AGGREGATION_HELP)
  public Response read(
      @Auth Caller caller,
      @PathParam("task") TaskId task,
      @PathParam("id") JobId id,
      @QueryParam("step") @Nullable String step) {
    return NamedTask.in(
        jobs.own(caller, task).id(),
        () -> {
          var state = jobs.read(caller, task, id);
          if (!"0".equals(step)) {
            throw new ProblemException(ProblemType.DAP_STEP_MISMATCH, "The job is at step 0.");
          }
          return answer(task, state);
        });
  }

  @DELETE
  @Path("/{id}")
  @Requires(Operation.AGGREGATION_HELP)
  public Response abandon(
      @Auth Caller caller, @PathParam("task") TaskId task, @PathParam("id") JobId id) {
    return NamedTask.in(
        jobs.own(caller, task).id(),
        () -> {
          jobs.abandon(caller, task, id);
          return Response.ok().build();
        });
  }

  private Response answer(TaskId task, AggregationJobs.State state) {
    String location = locations.aggregationJob(task, state.id());
    return state
        .answer()
        .map(answer ->
            Response.ok(answer.encoded().toArray())
                .type(DapMediaType.AGGREGATION_JOB_RESP.toString())
                .header(HttpHeaders.LOCATION, location))
        .orElseGet(() ->
            Response.ok()
                .header(HttpHeaders.LOCATION, location + "?step=0")
                .header(HttpHeaders.RETRY_AFTER, "1"))
        .build();
  }
}
