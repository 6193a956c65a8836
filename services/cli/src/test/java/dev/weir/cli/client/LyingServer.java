package dev.weir.cli.client;

import com.sun.net.httpserver.HttpServer;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A space that answers whatever a test tells it, with an identity provider of its own. It remembers
 * the signatures it was sent.
 */
final class LyingServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private final List<String> received = new ArrayList<>();

  LyingServer(String party) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        "/token",
        Json.mapper().writeValueAsBytes(Map.of("access_token", token(party), "expires_in", 300)));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String path = exchange.getRequestURI().getPath();
          if (path.endsWith("/signatures") || path.endsWith("/keys")) {
            received.add(new String(body, StandardCharsets.UTF_8));
          }
          byte[] answer = answers.getOrDefault(path, "{}".getBytes(StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  void answer(String path, byte[] body) {
    answers.put(path, body);
  }

  /** Signatures that were given away. */
  List<String> received() {
    return received;
  }

  WeirClient client(Path directory) {
    try {
      Path secret = Files.writeString(directory.resolve("secret"), "s");
      return new WeirClient(
          new Profile(address("/token"), Map.of("space", address("")), "account", secret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static String token(String party) {
    String claims = "{\"party\":\"" + party + "\"}";
    return "h."
        + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".s";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
