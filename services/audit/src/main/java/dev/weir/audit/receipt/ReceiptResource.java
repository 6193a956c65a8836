package dev.weir.audit.receipt;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Receipts of single leaves. */
@Path("/v1/receipts")
public final class ReceiptResource {
  private final Receipts receipts;

  public ReceiptResource(Receipts receipts) {
    this.receipts = receipts;
  }

  @GET
  @Path("/{leafId}")
  @Requires(Operation.RECEIPT_READ)
  public Receipt receipt(@Auth Caller caller, @PathParam("leafId") String leafId)
      throws InterruptedException {
    return receipts.of(caller, LeafId.of(leafId));
  }
}
