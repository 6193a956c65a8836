package dev.weir.query.use;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.sql.Database;
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
  private final Database database;
  private final UseStore uses;

  public UseResource(Database database, UseStore uses) {
    this.database = database;
    this.uses = uses;
  }

  @GET
  @Requires(Operation.USE_READ)
  public Page<UseView> list(
      @Auth Caller caller,
      @BeanParam PageRequest page,
      @QueryParam("contractId") @Nullable String contractId) {
    var contract = Optional.ofNullable(contractId).map(ContractId::of);
    var found =
        database.inTransaction(
            caller, "query.uses", handle -> uses.list(handle, caller.party(), contract, page));
    return Page.of(found, page, PostgresUseStore::key);
  }
}
