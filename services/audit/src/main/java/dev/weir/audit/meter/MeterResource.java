package dev.weir.audit.meter;

import dev.weir.audit.log.LogStatus;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Statements and readings of the parties' own contracts. */
@Path("/v1/meter")
public final class MeterResource {
  private static final String BEGINNING = "1970-01-01T00:00:00Z";
  private static final String END = "9999-12-31T00:00:00Z";

  private final MeterReadings readings;
  private final LogStatus status;

  public MeterResource(MeterReadings readings, LogStatus status) {
    this.readings = readings;
    this.status = status;
  }

  @GET
  @Path("/statement")
  @Requires(Operation.METER_READ)
  public Statement statement(
      @Auth Caller caller,
      @QueryParam("contractId") @DefaultValue("") String contractId,
      @QueryParam("from") @DefaultValue(BEGINNING) String from,
      @QueryParam("to") @DefaultValue(END) String to,
      @QueryParam("size") Optional<String> size) {
    long published = status.published();
    return readings.statement(
        caller,
        ContractId.of(contractId),
        instant(from),
        instant(to),
        size.map(asked -> size(asked, published)).orElse(published));
  }

  @GET
  @Path("/readings")
  @Requires(Operation.METER_READ)
  public Page<Reading> readings(
      @Auth Caller caller,
      @QueryParam("contractId") @DefaultValue("") String contractId,
      @BeanParam PageRequest page) {
    long next = page.after().isEmpty() ? 0 : after(page.after());
    var found = readings.readings(caller, ContractId.of(contractId), next, page.fetch());
    return Page.of(found, page, reading -> Long.toString(reading.index()));
  }

  private static long size(String asked, long published) {
    long size = asked.matches("[0-9]{1,18}") ? Long.parseLong(asked) : -1;
    if (size < 0 || size > published) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "The size is not one that the log has had.");
    }
    return size;
  }

  private static long after(String cursor) {
    try {
      return Long.parseLong(cursor) + 1;
    } catch (NumberFormatException e) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "The cursor is not one of ours.");
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A time is written as 2026-01-01T00:00:00Z.");
    }
  }
}
