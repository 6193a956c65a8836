package dev.weir.query.he;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.HeViews.TicketRequest;
import dev.weir.query.he.HeViews.TicketView;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.http.StreamedUpload;
import io.dropwizard.auth.Auth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encrypted questions of a consumer. */
@Path("/v1/he/tickets")
@Produces(MediaType.APPLICATION_JSON)
public final class HeResource {
  private final HeTicketing ticketing;
  private final HeDesk desk;

  public HeResource(HeTicketing ticketing, HeDesk desk) {
    this.ticketing = ticketing;
    this.desk = desk;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Operation.QUERY_RUN)
  public Response ticket(
      @Auth Caller caller, @Context HttpServletRequest connection, TicketRequest request) {
    return Response.status(Response.Status.CREATED)
        .entity(ticketing.ticket(caller, connection.getRemoteAddr(), request))
        .build();
  }

  @POST
  @Path("/{id}/question")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @StreamedUpload
  @Requires(Operation.QUERY_RUN)
  public Response ask(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam("Content-Length") @Nullable Integer length,
      InputStream body) {
    UUID ticket = ticketId(id);
    try (var place = desk.place(caller, ticket)) {
      return Response.accepted(desk.ask(caller, ticket, read(body, length, place.bytes()))).build();
    }
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.QUERY_READ)
  public TicketView read(@Auth Caller caller, @PathParam("id") String id) {
    return desk.read(caller, ticketId(id));
  }

  @GET
  @Path("/{id}/reply")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.QUERY_READ)
  public byte[] reply(@Auth Caller caller, @PathParam("id") String id) {
    return desk.reply(caller, ticketId(id));
  }

  private static UUID ticketId(String id) {
    return dev.weir.kernel.QueryId.of(id).value();
  }

  /** Into one array of its declared length; without one it takes twice as much for a moment. */
  private static byte[] read(InputStream body, @Nullable Integer length, int most) {
    if (length != null && length > most) {
      throw tooLarge();
    }
    try {
      if (length != null) {
        byte[] bytes = new byte[length];
        int got = body.readNBytes(bytes, 0, length);
        return got == length ? bytes : Arrays.copyOf(bytes, got);
      }
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooLarge();
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "The question has more bytes than its ticket allows.");
  }
}
