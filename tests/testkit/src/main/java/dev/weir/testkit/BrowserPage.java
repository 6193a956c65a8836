package dev.weir.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real browser with one page of the npm package, served on loopback under the content policy that
 * the package asks for; what the page calls under {@code /v1/} goes on to a service. What to ask is
 * at {@code /question.json}; what came of it is told to {@code /done}. Thread-safe.
 */
public final class BrowserPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMPORTS =
      "{\"imports\":{\"node-seal\":\"/node_modules/node-seal/dist/index_throws.js\","
          + "\"@noble/curves/\":\"/node_modules/@noble/curves/\","
          + "\"@noble/hashes/\":\"/node_modules/@noble/hashes/\"}}";

  private final Path staged;
  private final URI service;
  private final byte[] question;
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final CompletableFuture<JsonNode> done = new CompletableFuture<>();
  private Optional<Process> browser = Optional.empty();

  private BrowserPage(Path staged, URI service, Object question) throws IOException {
    this.staged = staged.toRealPath();
    this.service = service;
    this.question = JSON.writeValueAsBytes(question);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** The browser of this machine, empty when there is none. */
  public static Optional<Path> browser() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param browser to be started
   * @param staged the package with its dependencies
   * @param profile an empty directory
   * @param service whose API the page may call
   * @param question as JSON
   */
  public static BrowserPage open(
      Path browser, Path staged, Path profile, URI service, Object question) throws IOException {
    var page = new BrowserPage(staged, service, question);
    page.server.createContext("/", page::answer);
    page.server.start();
    var command =
        List.of(
            browser.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile,
            "http://127.0.0.1:" + page.server.getAddress().getPort() + "/");
    page.browser =
        Optional.of(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    return page;
  }

  /**
   * What the page told, once.
   *
   * @throws IOException when it told nothing in time
   */
  public JsonNode hear(int seconds) throws IOException, InterruptedException {
    try {
      return done.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the page told nothing", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/v1/")) {
        forward(exchange);
      } else if (path.equals("/done")) {
        done.complete(JSON.readTree(exchange.getRequestBody().readAllBytes()));
        send(exchange, 200, "application/json", new byte[0]);
      } else if (path.equals("/question.json")) {
        send(exchange, 200, "application/json", question);
      } else if (path.equals("/")) {
        exchange.getResponseHeaders().set("Content-Security-Policy", policy());
        send(exchange, 200, "text/html; charset=utf-8", page());
      } else {
        file(exchange, path);
      }
    }
  }

  private void forward(HttpExchange exchange) throws IOException {
    var request =
        HttpRequest.newBuilder(service.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : List.of("Authorization", "Content-Type", "Accept")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    try {
      var answer = client.send(request.build(), BodyHandlers.ofByteArray());
      String type = answer.headers().firstValue("Content-Type").orElse("application/json");
      send(exchange, answer.statusCode(), type, answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    Path file = staged.resolve(path.substring(1)).normalize();
    if (!file.startsWith(staged) || !Files.isRegularFile(file)) {
      send(exchange, 404, "text/plain", new byte[0]);
      return;
    }
    String type = path.endsWith(".wasm") ? "application/wasm" : "text/javascript";
    send(exchange, 200, type, Files.readAllBytes(file));
  }

  private static byte[] page() {
    String html =
        "<!doctype html><title>weir</title><script type=\"importmap\">"
            + IMPORTS
            + "</script><script type=\"module\" src=\"/test/page.mjs\"></script>";
    return html.getBytes(StandardCharsets.UTF_8);
  }

  private static String policy() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(IMPORTS.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-"
          + Base64.getEncoder().encodeToString(digest)
          + "'";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    browser.ifPresent(process -> {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    });
    server.stop(0);
    client.close();
  }
}
