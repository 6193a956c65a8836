package dev.weir.query.he;

import dev.weir.kernel.Operation;
import dev.weir.kernel.QueryId;
import dev.weir.query.he.replay.Kept;
import dev.weir.runtime.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What evaluations were made of, for auditors. */
@Path("/v1/he/evaluations/{id}")
public final class HeReplayResource {
  private final HeReplayDesk desk;

  public HeReplayResource(HeReplayDesk desk) {
    this.desk = desk;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Operation.LOG_READ)
  public Kept kept(@PathParam("id") String id) {
    return desk.kept(QueryId.of(id).value());
  }

  @GET
  @Path("/question")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.LOG_READ)
  public byte[] question(@PathParam("id") String id) {
    return desk.question(QueryId.of(id).value());
  }

  @GET
  @Path("/cells")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.LOG_READ)
  public byte[] cells(@PathParam("id") String id) {
    return desk.tiles(QueryId.of(id).value());
  }

  @GET
  @Path("/keys")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.LOG_READ)
  public byte[] keys(@PathParam("id") String id) {
    return desk.keys(QueryId.of(id).value());
  }

  @GET
  @Path("/reply")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.LOG_READ)
  public byte[] reply(@PathParam("id") String id) {
    return desk.reply(QueryId.of(id).value());
  }
}
