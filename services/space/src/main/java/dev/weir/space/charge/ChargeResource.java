package dev.weir.space.charge;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Public;
import dev.weir.runtime.ledger.CollectionCharge;
import dev.weir.space.change.Complete;
import dev.weir.space.registry.RegistryLogin;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ledger over HTTP, for aggregators and the custodian of sums, and nobody else. */
@Path("/v1/ledger/charges")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ChargeResource {
  private static final Set<String> CHARGING = Set.of("leader", "helper", "custodian");

  private final CollectionCharges charges;
  private final RegistryLogin login;

  public ChargeResource(CollectionCharges charges, RegistryLogin login) {
    this.charges = charges;
    this.login = login;
  }

  @POST
  @Public(
      "aggregators and the custodian ask with their broker login instead of a token; each call"
          + " checks it")
  public CollectionCharges.Charged charge(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      CollectionCharge body) {
    if (!CHARGING.contains(login.service(authorization))) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Only aggregators charge collections.");
    }
    return charges.charge(Complete.body(body));
  }
}
