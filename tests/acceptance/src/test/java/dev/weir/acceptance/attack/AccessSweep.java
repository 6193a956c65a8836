package dev.weir.acceptance.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.testkit.Account;
import dev.weir.testkit.Answer;
import dev.weir.testkit.ApiClient;
import dev.weir.testkit.TestService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Role by endpoint by party, generated from the OpenAPI file that a service serves: without a token
 * 401, with a role that the bundle does not name 403, with a party that has no part in a thing the
 * same bytes as for a thing that does not exist, and in no answer a word of what is hidden.
 */
final class AccessSweep {
  /** A participant that has no part in anything. */
  static final CreditCode STRANGER = Account.party(900);

  private static final List<String> METHODS = List.of("get", "post", "put", "delete");

  /** Sees everything by its office. */
  private static final Set<Role> ALL_SEEING = Set.of(Role.AUDITOR);

  /** Where a service lets in fewer roles than the bundle does for the operation. */
  private static final Set<String> STRICTER = Set.of("GET /v1/log/entries as AUDIT_ADMIN");

  private final TestService service;
  private final Map<String, String> hidden;
  private final Set<String> secrets;
  private final PolicyBundle bundle = PolicyBundle.load();
  private final List<String> findings = new ArrayList<>();
  private int probes;

  /**
   * @param hidden by the start of a path, such as {@code /v1/runs/}, the id of a thing in which the
   *     stranger has no part
   * @param secrets what may be in no answer to the stranger
   */
  AccessSweep(TestService service, Map<String, String> hidden, Set<String> secrets) {
    this.service = service;
    this.hidden = hidden;
    this.secrets = secrets;
  }

  /** How many requests were made. */
  int probes() {
    return probes;
  }

  /** Every breach found; empty when there is none. */
  List<String> run() {
    try {
      var document = new YAMLMapper().readTree(service.anonymous().get("/openapi.yaml").body());
      for (var path : document.path("paths").properties()) {
        for (String method : METHODS) {
          if (path.getValue().has(method)) {
            sweep(method.toUpperCase(Locale.ROOT), path.getKey(), path.getValue().path(method));
          }
        }
      }
      return findings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sweep(String method, String path, JsonNode operation) {
    String name = method + " " + path;
    Body body = body(operation);
    if (path.equals("/openapi.yaml")) {
      return;
    }
    if (!send(service.anonymous(), method, unknown(path), body).is(ProblemType.UNAUTHENTICATED)) {
      findings.add(name + " answers without a token");
    }
    if (operation.path("security").isArray()) {
      return; // has credentials of its own
    }
    var forged = service.anonymous().with("e30.e30.e30");
    if (!send(forged, method, unknown(path), body).is(ProblemType.UNAUTHENTICATED)) {
      findings.add(name + " answers to a forged token");
    }
    var required = Operation.valueOf(operation.path("x-weir-operation").asText());
    for (Role role : Role.values()) {
      var stranger = service.as(Account.of("stranger", STRANGER, role));
      Answer answer = send(stranger, method, unknown(path), body);
      boolean allowed = bundle.mayPerform(required, Set.of(role));
      boolean stricter = STRICTER.contains(name + " as " + role);
      if (answer.is(ProblemType.FORBIDDEN) == (allowed && !stricter)) {
        findings.add(name + " as " + role + " answers " + answer.status());
      }
      if (answer.status() >= 500) {
        findings.add(name + " as " + role + " fails with " + answer.status());
      }
      if (allowed && !ALL_SEEING.contains(role)) {
        compare(name + " as " + role, stranger, method, path, body, answer);
      }
    }
  }

  private void compare(
      String name, ApiClient stranger, String method, String path, Body body, Answer missing) {
    leaks(name, missing);
    for (var thing : hidden.entrySet()) {
      if (path.startsWith(thing.getKey()) && path.contains("{")) {
        String other = path.replaceFirst("\\{[^}]+}", thing.getValue());
        Answer answer = send(stranger, method, unknown(other), body);
        leaks(name, answer);
        if (answer.status() != missing.status()
            || !plain(answer.body()).equals(plain(missing.body()))) {
          findings.add(
              name
                  + " tells another's from an unknown one: "
                  + answer.status()
                  + " and "
                  + missing.status());
        }
      }
    }
  }

  private void leaks(String name, Answer answer) {
    secrets.stream()
        .filter(secret -> answer.body().contains(secret))
        .forEach(secret -> findings.add(name + " shows " + secret));
  }

  /**
   * A service that refuses before it reads a body may close the connection under the next request,
   * which then gets no answer at all; such a probe is sent once more.
   */
  private Answer send(ApiClient client, String method, String path, Body body) {
    try {
      return sendOnce(client, method, path, body);
    } catch (UncheckedIOException e) {
      return sendOnce(client, method, path, body);
    }
  }

  private Answer sendOnce(ApiClient client, String method, String path, Body body) {
    probes++;
    return switch (method) {
      case "GET" -> client.get(path);
      case "DELETE" -> client.delete(path);
      default ->
          client.send(
              client
                  .request(path)
                  .header("Content-Type", body.type())
                  .method(method, BodyPublishers.ofString(body.text())));
    };
  }

  /** Ids that nothing has. */
  private static String unknown(String path) {
    return path.replace("{creditCode}", Account.party(901).value())
        .replaceAll("\\{(tile)}", "0/000")
        .replaceAll("\\{(name|subject)}", "network-logs")
        .replaceAll("\\{(version)}", "latest")
        .replace("/schemas/ids/{id}", "/schemas/ids/1")
        .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
  }

  /** The example of the document, so that checks behind the parser are reached. */
  private static Body body(JsonNode operation) {
    var content = operation.path("requestBody").path("content");
    var types = content.properties().stream().map(Map.Entry::getKey).toList();
    String type = types.isEmpty() ? "application/json" : types.getFirst();
    for (var example : content.path(type).path("examples")) {
      return new Body(type, example.path("value").toString());
    }
    return new Body(
        type,
        content.path(type).has("example")
            ? content.path(type).path("example").toString()
            : "{\"schema\":\"{}\"}");
  }

  /** What is sent where something must be. */
  private record Body(String type, String text) {}

  private static String plain(String body) {
    return body.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "uuid");
  }
}
