package dev.weir.audit.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A schema registry that numbers what it is given; enough for one producer and one consumer. */
final class TestRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> schemas = new ArrayList<>();
  private final HttpServer server;

  TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          Map<String, ?> answer;
          if (path.contains("/schemas/ids/")) {
            int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            answer = Map.of("schema", schemas.get(id - 1));
          } else {
            var schema = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
            answer = Map.of("id", number(schema));
          }
          var bytes = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set("Content-Type", "application/vnd.schemaregistry.v1+json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  private synchronized int number(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
