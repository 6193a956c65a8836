package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider watches: every use of its products. */
@Path("/v1/uses")
@Produces(MediaType.APPLICATION_JSON)
public final class UseResource {
  private final QueryDesk desk;

  public UseResource(QueryDesk desk) {
    this.desk = desk;
  }

  @GET
  @Requires(Operation.USE_READ)
  public Page<UseView> list(
      @Auth Caller caller,
      @BeanParam PageRequest page,
      @QueryParam("contractId") @Nullable String contractId) {
    return desk.uses(caller, Optional.ofNullable(contractId).map(ContractId::of), page);
  }
}
