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
import dev.weir.kernel.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An aggregator over HTTPS, as contributors and collectors see it. Every call may be repeated.
 * Thread-safe.
 */
public final class HttpAggregator implements CollectionLeader {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_OF_A_PROBLEM = 1 << 16;
  private static final int MOST_OF_A_LIST = 1 << 16;
  private static final int MOST_OF_A_FAILURE = 32;
  private static final int MOST_OF_A_RESULT = 1 << 26;
  private static final int OK = 200;
  private static final int CLASS = 100;
  private static final String TASKS = "/tasks/";

  private final HttpClient http;
  private final URI base;
  private final Supplier<Optional<String>> bearer;
  private final Duration patience;

  /**
   * Waits for a whole answer for a minute.
   *
   * @param base the aggregator's address, without the trailing slash or with it
   * @param bearer an access token where the aggregator wants one
   * @throws IllegalArgumentException unless it is https, or this very machine
   */
  public HttpAggregator(HttpClient http, URI base, Supplier<Optional<String>> bearer) {
    this(http, base, bearer, PATIENCE);
  }

  HttpAggregator(HttpClient http, URI base, Supplier<Optional<String>> bearer, Duration patience) {
    if (!"https".equals(base.getScheme()) && !isThisMachine(base)) {
      throw new IllegalArgumentException("an aggregator is reached over https only");
    }
    this.http = http;
    this.base = URI.create(base.toString().replaceAll("/$", ""));
    this.bearer = bearer;
    this.patience = patience;
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
    var answer = send(request("/hpke_config").GET(), MOST_OF_A_LIST);
    return message(answer, HpkeConfigList::read)
        .usable()
        .orElseThrow(() ->
            new DapAnswerException(AnswerFault.NO_USABLE_KEY, "no key of a suite we speak", OK));
  }

  /** Uploads; what is returned was not taken, everything else is durable. */
  public UploadErrors upload(TaskId task, List<Report> reports) {
    var answer =
        post(
            TASKS + task + "/reports",
            DapMediaType.UPLOAD_REQ,
            new UploadRequest(reports),
            MOST_OF_A_LIST + MOST_OF_A_FAILURE * reports.size());
    return message(answer, UploadErrors::read);
  }

  /** A collection under way. */
  public record Collection(URI location, Optional<CollectionJobResp> answer) {}

  /** Begins a collection, or finds it. */
  @Override
  public Collection collect(TaskId task, CollectionJobReq request) {
    var answer =
        post(
            TASKS + task + "/collection_jobs",
            DapMediaType.COLLECTION_JOB_REQ,
            request,
            MOST_OF_A_RESULT);
    var location =
        answer
            .header("Location")
            .orElseThrow(() ->
                new DapAnswerException(
                    AnswerFault.NO_LOCATION, "the answer names no Location", answer.status()));
    return collection(ours(resolved(answer.uri(), location)), answer);
  }

  /** Asks again about a collection. */
  @Override
  public Collection ask(Collection collection) {
    var location = ours(collection.location);
    return collection(
        location, send(authorised(HttpRequest.newBuilder(location)).GET(), MOST_OF_A_RESULT));
  }

  /**
   * Has the leader forget a collection whose result is safe here; the next equal request of a
   * leader-selected task is then for the next batch.
   */
  @Override
  public void forget(Collection collection) {
    send(authorised(HttpRequest.newBuilder(ours(collection.location))).DELETE(), MOST_OF_A_PROBLEM);
  }

  private static Collection collection(URI location, Answer answer) {
    return new Collection(
        location,
        answer.body().length == 0
            ? Optional.empty()
            : Optional.of(message(answer, CollectionJobResp::read)));
  }

  /** What somebody between us and the aggregator may have written, as a proxy's page of HTML. */
  private static <T> T message(Answer answer, Function<WireReader, T> decoder) {
    try {
      return WireReader.whole(answer.body(), decoder);
    } catch (ProblemException malformed) {
      throw notDap(answer.status());
    }
  }

  private static DapAnswerException notDap(int status) {
    return new DapAnswerException(AnswerFault.NOT_DAP, "the answer is no message of DAP", status);
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

  private Answer post(String path, DapMediaType type, WireMessage body, int most) {
    return send(
        request(path)
            .header("Content-Type", type.toString())
            .POST(BodyPublishers.ofByteArray(body.encoded().toArray())),
        most);
  }

  private HttpRequest.Builder request(String path) {
    return authorised(HttpRequest.newBuilder(URI.create(base + path)));
  }

  private HttpRequest.Builder authorised(HttpRequest.Builder request) {
    bearer.get().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.timeout(patience);
  }

  /** What an aggregator said, all of it. */
  private record Answer(HttpResponse<byte[]> http) {
    int status() {
      return http.statusCode();
    }

    byte[] body() {
      return http.body();
    }

    URI uri() {
      return http.uri();
    }

    Optional<String> header(String name) {
      return http.headers().firstValue(name);
    }
  }

  /**
   * The request's own timeout ends with the headers; a body may come a byte at a time, or without
   * end.
   *
   * @param most bytes of a good answer
   */
  private Answer send(HttpRequest.Builder request, int most) {
    var coming = http.sendAsync(request.build(), head -> body(head.statusCode(), most));
    try {
      var answer = new Answer(coming.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      if (!isGood(answer.status())) {
        throw DapAnswerException.of(answer.status(), answer.body(), answer.header("Retry-After"));
      }
      return answer;
    } catch (ExecutionException | TimeoutException e) {
      coming.cancel(true);
      throw new DapAnswerException(AnswerFault.UNREACHABLE, "the aggregator cannot be reached", 0);
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new DapAnswerException(AnswerFault.UNREACHABLE, "interrupted", 0);
    }
  }

  private static BodySubscriber<byte[]> body(int status, int most) {
    return BodySubscribers.limiting(
        BodySubscribers.ofByteArray(), isGood(status) ? most : MOST_OF_A_PROBLEM);
  }

  private static boolean isGood(int status) {
    return status / CLASS == OK / CLASS;
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
