package dev.weir.testkit;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Public;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.http.StreamedUpload;
import io.dropwizard.auth.Auth;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One endpoint per way in which a service can answer. */
@Path("/v1/probe")
@Produces("application/json")
@Consumes("application/json")
public final class ProbeResource {
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);

  public record Body(@Size(max = 8) String name, int count, Optional<String> note) {}

  @GET
  @Requires(Operation.QUERY_READ)
  public Map<String, Object> caller(@Auth Caller caller) {
    return Map.of("party", caller.party().value(), "roles", caller.roles());
  }

  @POST
  @Requires(Operation.QUERY_READ)
  public Body echo(@Valid Body body) {
    return body;
  }

  @POST
  @Path("/any")
  @Public("probe")
  public Map<String, Boolean> any(Object body) {
    return Map.of("read", true);
  }

  @GET
  @Path("/queries/{id}")
  @Public("probe")
  public QueryId typed(@PathParam("id") QueryId id, @QueryParam("n") Integer n) {
    return id;
  }

  @GET
  @Path("/fault")
  @Public("probe")
  public String fault() {
    throw new IllegalStateException(
        "select secret from dev.weir.Canary", new java.sql.SQLException("canary-7f3a"));
  }

  @GET
  @Path("/error")
  @Public("probe")
  public String error() {
    throw new StackOverflowError("canary-7f3a");
  }

  @GET
  @Path("/unwritable")
  @Public("probe")
  public Object unwritable() {
    return new Object() {
      public String getName() {
        throw new IllegalStateException("canary-7f3a");
      }
    };
  }

  @GET
  @Path("/problems/{type}")
  @Public("probe")
  public String problem(@PathParam("type") String type) {
    throw new ProblemException(ProblemType.valueOf(type), "As asked.", Map.of("minGroup", 10));
  }

  @GET
  @Path("/pages")
  @Public("probe")
  public Page<String> pages(@BeanParam PageRequest page) {
    List<String> found =
        IntStream.range(0, 7)
            .mapToObj(n -> "item-" + n)
            .filter(item -> item.compareTo(page.after()) > 0)
            .limit(page.fetch())
            .toList();
    return Page.of(found, page, item -> item);
  }

  @POST
  @Path("/uploads")
  @Consumes("application/octet-stream")
  @StreamedUpload
  @Public("probe")
  public Map<String, Long> upload(InputStream body) throws IOException {
    return Map.of("bytes", body.transferTo(OutputStream.nullOutputStream()));
  }

  @POST
  @Path("/large")
  @Consumes("application/octet-stream")
  @Public("probe")
  public Map<String, Integer> large(byte[] body) {
    return Map.of("bytes", body.length);
  }

  /** Works for a while between the first byte and the rest, as a cold service does. */
  @POST
  @Path("/slow-reader")
  @Consumes("application/octet-stream")
  @Public("probe")
  public Map<String, Long> readSlowly(InputStream body) throws Exception {
    long first = body.read() < 0 ? 0 : 1;
    release.await(600, TimeUnit.MILLISECONDS);
    return Map.of("bytes", first + body.transferTo(OutputStream.nullOutputStream()));
  }

  @GET
  @Path("/own-wait")
  @Requires(Operation.QUERY_READ)
  public Map<String, Boolean> awaitAsOneself() throws InterruptedException {
    return await();
  }

  @GET
  @Path("/wait")
  @Public("probe")
  public Map<String, Boolean> await() throws InterruptedException {
    entered.countDown();
    release.await();
    return Map.of("done", true);
  }
}
