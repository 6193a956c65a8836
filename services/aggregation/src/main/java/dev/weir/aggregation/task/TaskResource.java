package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tasks of this aggregator. */
@Path("/v1/aggregation-tasks")
@Produces(MediaType.APPLICATION_JSON)
public final class TaskResource {
  private final TaskProvisioning provisioning;
  private final RefusedRequests refused;

  public TaskResource(TaskProvisioning provisioning, RefusedRequests refused) {
    this.provisioning = provisioning;
    this.refused = refused;
  }

  /** Sets a task up; doing it again changes nothing. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Operation.AGGREGATION_TASK_SET_UP)
  public TaskView setUp(@Auth Caller caller, TaskDocument document) {
    return refused.ofSetUp(caller, document, () -> provisioning.setUp(caller, document));
  }

  /** Those that the caller's party operates here or collects. */
  @GET
  @Requires(Operation.AGGREGATION_TASK_READ)
  public Page<TaskSummary> list(@Auth Caller caller, @BeanParam PageRequest page) {
    return provisioning.list(caller, page);
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.AGGREGATION_TASK_READ)
  public TaskView view(@Auth Caller caller, @PathParam("id") TaskId id) {
    return provisioning.view(id);
  }
}
