package dev.weir.dap.client;

import dev.weir.dap.DapMediaType;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.hpke.HpkeConfigList;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An aggregator over HTTPS, as contributors and collectors see it. Every call may be repeated.
 * Thread-safe.
 */
public final class HttpAggregator implements CollectionLeader {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int CLASS = 100;
  private static final String TASKS = "/tasks/";

  private final HttpClient http;
  private final URI base;
  private final Supplier<Optional<String>> bearer;

  /**
   * @param base the aggregator's address, without the trailing slash or with it
   * @param bearer an access token where the aggregator wants one
   * @throws IllegalArgumentException unless it is https, or this very machine
   */
  public HttpAggregator(HttpClient http, URI base, Supplier<Optional<String>> bearer) {
    if (!"https".equals(base.getScheme()) && !isThisMachine(base)) {
      throw new IllegalArgumentException("an aggregator is reached over https only");
    }
    this.http = http;
    this.base = URI.create(base.toString().replaceAll("/$", ""));
    this.bearer = bearer;
  }

  /** One that asks for no token. */
  public static HttpAggregator open(URI base) {
    return new HttpAggregator(HttpClient.newHttpClient(), base, Optional::empty);
  }

  /**
   * The key to seal shares to.
   *
   * @throws DapAnswerException when it offers none that we speak
   */
  public HpkeConfig key() {
    var answer = send(request("/hpke_config").GET());
    return WireReader.whole(answer.body(), HpkeConfigList::read)
        .usable()
        .orElseThrow(() ->
            new DapAnswerException(AnswerFault.NO_USABLE_KEY, "no key of a suite we speak", OK));
  }

  /** Uploads; what is returned was not taken, everything else is durable. */
  public UploadErrors upload(TaskId task, List<Report> reports) {
    var answer =
        post(TASKS + task + "/reports", DapMediaType.UPLOAD_REQ, new UploadRequest(reports));
    return WireReader.whole(answer.body(), UploadErrors::read);
  }

  /** A collection under way. */
  public record Collection(URI location, Optional<CollectionJobResp> answer) {}

  /** Begins a collection, or finds it. */
  @Override
  public Collection collect(TaskId task, CollectionJobReq request) {
    var answer = post(TASKS + task + "/collection_jobs", DapMediaType.COLLECTION_JOB_REQ, request);
    var location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() ->
                new DapAnswerException(
                    AnswerFault.NO_LOCATION, "the answer names no Location", answer.statusCode()));
    return collection(ours(resolved(answer.uri(), location)), answer);
  }

  /** Asks again about a collection. */
  @Override
  public Collection ask(Collection collection) {
    var location = ours(collection.location);
    return collection(location, send(authorised(HttpRequest.newBuilder(location)).GET()));
  }

  /**
   * Has the leader forget a collection whose result is safe here; the next equal request of a
   * leader-selected task is then for the next batch.
   */
  @Override
  public void forget(Collection collection) {
    send(authorised(HttpRequest.newBuilder(ours(collection.location))).DELETE());
  }

  private static Collection collection(URI location, HttpResponse<byte[]> answer) {
    return new Collection(
        location,
        answer.body().length == 0
            ? Optional.empty()
            : Optional.of(WireReader.whole(answer.body(), CollectionJobResp::read)));
  }

  private static URI resolved(URI request, String location) {
    try {
      return request.resolve(location);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  /**
   * Where to ask, below our own base. An aggregator names its resources by the path at which the
   * world knows it; a relay may lead to it by another one.
   */
  private URI ours(URI location) {
    // The scheme too: a token does not go in the clear because an answer says so.
    if (!Objects.equals(location.getScheme(), base.getScheme())
        || !Objects.equals(location.getAuthority(), base.getAuthority())
        || !location.equals(location.normalize())) {
      throw foreign();
    }
    String path = location.getRawPath();
    if (path.startsWith(base.getRawPath() + "/")) {
      return location;
    }
    int tasks = path.lastIndexOf(TASKS);
    if (tasks < 0) {
      throw foreign();
    }
    String query = location.getRawQuery();
    return URI.create(base + path.substring(tasks) + (query == null ? "" : "?" + query));
  }

  private static DapAnswerException foreign() {
    return new DapAnswerException(
        AnswerFault.FOREIGN_LOCATION, "the Location is another server's", OK);
  }

  private HttpResponse<byte[]> post(String path, DapMediaType type, WireMessage body) {
    return send(
        request(path)
            .header("Content-Type", type.toString())
            .POST(BodyPublishers.ofByteArray(body.encoded().toArray())));
  }

  private HttpRequest.Builder request(String path) {
    return authorised(HttpRequest.newBuilder(URI.create(base + path)));
  }

  private HttpRequest.Builder authorised(HttpRequest.Builder request) {
    bearer.get().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.timeout(TIMEOUT);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      if (answer.statusCode() / CLASS != OK / CLASS) {
        throw DapAnswerException.of(
            answer.statusCode(), answer.body(), answer.headers().firstValue("Retry-After"));
      }
      return answer;
    } catch (IOException e) {
      throw new DapAnswerException(AnswerFault.UNREACHABLE, "the aggregator cannot be reached", 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DapAnswerException(AnswerFault.UNREACHABLE, "interrupted", 0);
    }
  }

  private static boolean isThisMachine(URI base) {
    try {
      return base.getHost() != null
          && base.getHost().matches("[0-9.]+|\\[.*]")
          && InetAddress.getByName(base.getHost()).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }
}
