package dev.weir.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.runtime.secret.Secret;
import dev.weir.schemas.avro.IntakeProgress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {
  private static final Schema SCHEMA = IntakeProgress.getClassSchema();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpSchemaRegistry registry;
  private volatile int status = 200;
  private volatile String body = "{\"id\":7}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/", this::answer);
    server.start();
    registry =
        new HttpSchemaRegistry(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7"),
            new KafkaAccess("unused", "intake", Secret.of("password")));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void id_isAskedOnceForEachSubjectAndSchema() {
    // when
    int first = registry.idOf("intake.progress-value", SCHEMA);
    int second = registry.idOf("intake.progress-value", SCHEMA);
    // then
    assertThat(first).isEqualTo(second).isEqualTo(7);
    assertThat(asked)
        .containsExactly("POST /apis/ccompat/v7/subjects/intake.progress-value/versions");
  }

  @Test
  void schema_isAskedOnceForEachId() throws Exception {
    // given
    body =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .createObjectNode()
            .put("schema", SCHEMA.toString())
            .toString();
    // when
    var first = registry.schemaOf(7);
    registry.schemaOf(7);
    // then
    assertThat(first).isEqualTo(SCHEMA);
    assertThat(asked).containsExactly("GET /apis/ccompat/v7/schemas/ids/7");
  }

  @Test
  void refusal_isToldFromAbsence() {
    // given
    status = 409;
    // when / then
    assertThatThrownBy(() -> registry.idOf("s-value", SCHEMA))
        .isInstanceOf(SchemaIds.SchemaRefused.class);
    status = 503;
    assertThatThrownBy(() -> registry.idOf("s-value", SCHEMA))
        .isInstanceOf(SchemaIds.RegistryUnavailable.class);
    server.stop(0);
    assertThatThrownBy(() -> registry.idOf("s-value", SCHEMA))
        .isInstanceOf(SchemaIds.RegistryUnavailable.class);
  }

  @Test
  void answer_thatNamesAClassOrIsNoAnswer_isRefused() {
    // given
    body = "{\"schema\":\"{\\\"type\\\":\\\"string\\\",\\\"java-class\\\":\\\"java.io.File\\\"}\"}";
    // when / then
    assertThatThrownBy(() -> registry.schemaOf(1)).isInstanceOf(SchemaIds.SchemaRefused.class);
    body = "not json";
    assertThatThrownBy(() -> registry.schemaOf(2))
        .isInstanceOf(SchemaIds.RegistryUnavailable.class);
    body = "{}";
    assertThatThrownBy(() -> registry.schemaOf(3))
        .isInstanceOf(SchemaIds.RegistryUnavailable.class);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
