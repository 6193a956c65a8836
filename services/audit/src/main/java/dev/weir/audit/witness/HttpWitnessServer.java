package dev.weir.audit.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.audit.log.DurableFiles;
import dev.weir.audit.log.KeyFiles;
import dev.weir.privacy.merkle.Cosignature;
import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.NoteSigner;
import dev.weir.privacy.merkle.SignedNote;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A witness behind {@code POST /add-checkpoint}; {@code GET /key} shows its key. Until the log's
 * key can be pinned every log is unknown to it. Each request has a thread of its own, at most 64 of
 * them, and ten seconds to arrive: a client that stops halfway holds up nobody.
 */
public final class HttpWitnessServer implements AutoCloseable {
  private static final String KEY_FILE = "witness.vkey";
  private static final String PINNED = "log.vkey";

  static {
    // The JDK's server reads these once, before its first instance is made.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "64");
  }

  private final WitnessSettings settings;
  private final NoteSigner cosigner;
  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<Witness> witness = Optional.empty();

  private HttpWitnessServer(WitnessSettings settings, NoteSigner cosigner, HttpServer server) {
    this.settings = settings;
    this.cosigner = cosigner;
    this.server = server;
  }

  /** Opens or makes the key and answers once this returns. */
  public static HttpWitnessServer start(
      WitnessSettings settings, InstantSource clock, SecureRandom random) throws IOException {
    var pair =
        KeyFiles.openOrCreate(settings.directory(), "witness", KeyFiles.Suite.ED25519, random);
    var cosigner = Cosignature.signer(settings.name(), pair.getPrivate(), pair.getPublic(), clock);
    KeyFiles.publish(settings.publicKeys(), KEY_FILE, cosigner.key());
    var address = new InetSocketAddress(settings.host(), settings.port());
    var server = HttpServer.create(address, 16);
    var running = new HttpWitnessServer(settings, cosigner, server);
    running.witness();
    server.createContext("/add-checkpoint", exchange -> running.handle(exchange));
    server.createContext(
        "/key", exchange -> answer(exchange, 200, "text/plain", cosigner.key().encode() + "\n"));
    server.setExecutor(running.requests);
    server.start();
    return running;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public NoteKey key() {
    return cosigner.key();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (!path.equals("/add-checkpoint") || !exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 404, "text/plain", "");
      return;
    }
    var body = exchange.getRequestBody().readNBytes(SignedNote.MAX_NOTE_BYTES + 1);
    var request =
        body.length > SignedNote.MAX_NOTE_BYTES
            ? Optional.<AddCheckpoint>empty()
            : AddCheckpoint.parse(new String(body, StandardCharsets.UTF_8));
    reply(exchange, request.isEmpty() ? new WitnessReply.Malformed() : judge(request.get()));
  }

  private WitnessReply judge(AddCheckpoint request) throws IOException {
    var present = witness();
    return present.isEmpty() ? new WitnessReply.UnknownLog() : present.get().add(request);
  }

  /**
   * The witness, once the log's key is pinned; first use is trusted, later changes are not read.
   */
  private synchronized Optional<Witness> witness() throws IOException {
    if (witness.isEmpty()) {
      var pinned = settings.directory().resolve(PINNED);
      var key = KeyFiles.published(pinned);
      if (key.isEmpty()) {
        key = KeyFiles.published(settings.logKeyFile());
        if (key.isPresent()) {
          DurableFiles.write(pinned, (key.get().encode() + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      if (key.isPresent()) {
        var seen = settings.directory().resolve("seen");
        witness = Optional.of(new Witness(seen, Ed25519Note.verifier(key.get()), cosigner));
      }
    }
    return witness;
  }

  private static void reply(HttpExchange exchange, WitnessReply reply) throws IOException {
    switch (reply) {
      case WitnessReply.Cosigned cosigned -> {
        var note = new SignedNote("\n", List.of(cosigned.signature())).encode();
        answer(exchange, 200, "text/plain; charset=utf-8", note.substring(2));
      }
      case WitnessReply.Conflict conflict ->
          answer(exchange, 409, "text/x.tlog.size", conflict.lastSize() + "\n");
      case WitnessReply.Inconsistent inconsistent -> answer(exchange, 422, "text/plain", "");
      case WitnessReply.Malformed malformed -> answer(exchange, 400, "text/plain", "");
      case WitnessReply.Unsigned unsigned -> answer(exchange, 403, "text/plain", "");
      case WitnessReply.UnknownLog unknown -> answer(exchange, 404, "text/plain", "");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
