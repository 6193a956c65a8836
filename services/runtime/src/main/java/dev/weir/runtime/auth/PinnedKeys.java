package dev.weir.runtime.auth;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.weir.runtime.config.AuthConfiguration;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The issuer's public keys from the one configured address: no redirect is followed, no header of a
 * token is asked. Thread-safe.
 */
final class PinnedKeys implements ResourceRetriever {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 256 * 1024;
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private volatile boolean failing;

  /** True since the last attempt to read the keys failed. */
  boolean failing() {
    return failing;
  }

  JWKSource<SecurityContext> source(AuthConfiguration configuration) {
    try {
      URL pinned = configuration.jwksUri().toURL();
      return JWKSourceBuilder.create(pinned, this)
          .cache(configuration.keyCache().toMillis(), REFRESH_TIMEOUT.toMillis())
          .refreshAheadCache(false)
          .rateLimited(MIN_INTERVAL.toMillis())
          .retrying(true)
          .outageTolerant(configuration.keyCache().plus(configuration.keyOutage()).toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("auth.jwksUri is not a URL", e);
    }
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    failing = true;
    var keys = read(url);
    failing = false;
    return keys;
  }

  private Resource read(URL url) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(url.toString())).timeout(TIMEOUT).build();
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (response.statusCode() != OK || bytes.length > MAX_BYTES) {
          throw new IOException("the issuer's keys cannot be read");
        }
        return new Resource(new String(bytes, StandardCharsets.UTF_8), "application/json");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading the issuer's keys", e);
    }
  }
}
