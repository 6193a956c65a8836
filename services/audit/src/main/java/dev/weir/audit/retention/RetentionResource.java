package dev.weir.audit.retention;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Arrays;
import java.util.List;

/** Shows and raises retention. */
@Path("/v1/retention")
public final class RetentionResource {
  private final RetentionStore store;

  public RetentionResource(RetentionStore store) {
    this.store = store;
  }

  /** Days asked for. */
  public record Days(int days) {}

  @GET
  @Requires(Operation.LOG_READ)
  public List<Retention> all(@Auth Caller caller) {
    return Arrays.stream(RetentionClass.values()).map(store::get).toList();
  }

  @PUT
  @Path("/{name}")
  @Requires(Operation.RETENTION_SET)
  public Retention raise(@Auth Caller caller, @PathParam("name") String name, Days wanted) {
    var retained =
        RetentionClass.of(name)
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such class."));
    return store.raise(caller, retained, wanted.days());
  }
}
