package dev.weir.aggregation.upload;

import dev.weir.aggregation.http.DapBody;
import dev.weir.aggregation.http.NamedTask;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.http.Public;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Where contributors upload. */
@Path("/dap/tasks/{task}/reports")
public final class UploadResource {
  private final ReportIntake intake;

  public UploadResource(ReportIntake intake) {
    this.intake = intake;
  }

  @POST
  @Consumes(DapMediaType.ESSENCE)
  @Public("Contributors sign each report; both aggregators verify the signature.")
  public Response upload(
      @PathParam("task") TaskId task,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      byte[] body) {
    UploadErrors errors =
        NamedTask.in(
            intake.known(task).id(),
            () -> {
              DapBody.require(type, DapMediaType.UPLOAD_REQ);
              return intake.upload(task, WireReader.whole(body, UploadRequest::read));
            });
    return errors.failures().isEmpty()
        ? Response.ok().build()
        : Response.ok(errors.encoded().toArray())
            .type(DapMediaType.UPLOAD_ERRORS.toString())
            .build();
  }
}
