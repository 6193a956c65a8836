package dev.weir.cli.campaign;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Keeps what the services show as metrics, for the search of the canary. */
final class HttpMetrics {
  private HttpMetrics() {}

  static void keep(List<URI> addresses, Path directory) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      for (URI address : addresses) {
        http.send(
            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
            BodyHandlers.ofFile(directory.resolve(address.getPort() + ".txt")));
      }
    }
  }
}
