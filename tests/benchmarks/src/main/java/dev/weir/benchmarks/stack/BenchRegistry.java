package dev.weir.benchmarks.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Numbers the schemas it is given, on loopback: what clients need of a registry to start. */
final class BenchRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BY_ID = "/schemas/ids/";

  private final List<String> schemas = new ArrayList<>();
  private final HttpServer server;

  private BenchRegistry(HttpServer server) {
    this.server = server;
  }

  static BenchRegistry start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var registry = new BenchRegistry(server);
    server.createContext("/", registry::answer);
    server.start();
    return registry;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int at = path.indexOf(BY_ID);
    Map<String, ?> answer =
        at >= 0
            ? Map.of("schema", schema(Integer.parseInt(path.substring(at + BY_ID.length()))))
            : Map.of(
                "id", number(JSON.readTree(exchange.getRequestBody()).path("schema").asText()));
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String schema(int id) {
    return schemas.get(id - 1);
  }

  private synchronized int number(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
