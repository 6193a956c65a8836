package dev.weir.audit.export;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/** {@link LogSource} over HTTP, with a bearer token of an auditor. Thread-safe. */
public final class HttpLogSource implements LogSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;
  private final Supplier<String> token;

  /**
   * @param base of the audit service, without path
   * @param token asked for before each request
   */
  public HttpLogSource(URI base, Supplier<String> token) {
    this.base = base;
    this.token = token;
  }

  @Override
  public byte[] get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token.get())
            .build();
    var response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("the audit service answered " + response.statusCode() + " to " + path);
    }
    return response.body();
  }
}
